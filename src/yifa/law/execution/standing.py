"""What is owed under a decision at a moment: served, due, paid, deferred, added. APL arts 66, 67, 72, 73."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from yifa.law.calendar.deadlines import Deadline, local_moment
from yifa.law.calendar.surcharge import additional_fine, late_days
from yifa.law.execution.steps import ExecutionStep, steps
from yifa.law.execution.window import Window, court_window
from yifa.law.facts import Facts
from yifa.law.record.model import Event, Record
from yifa.law.remedies import last_decision, pauses, payment_due, payment_period, remedy, schedules, served_on

STATES = ("annulled", "paid", "unserved", "paused", "overdue", "deferred", "part_paid", "unpaid")


@dataclass(frozen=True)
class Payment:
    """One payment: the day, the amount in 分, by which act (its index in the record), the receipt."""

    on: date
    amount_fen: int
    index: int
    receipt: str


@dataclass(frozen=True)
class Standing:
    """Amounts in 分. `accrued_fen`: additional fine fallen due by law up to `counted_to`; `charged_fen`: what was charged
    by an act. `period`: to pay in, counted from service, by `period_article`. `state` is one of STATES; `overdue` means that the additional fine is running or has run to its cap; `paused` that it stands still today."""

    decision: Event
    day: date
    state: str
    fine_fen: int
    confiscation_fen: int
    payments: tuple[Payment, ...]
    served_on: date | None
    period: Deadline | None
    period_article: str
    due_on: date | None
    deferred_to: date | None
    settled_on: date | None
    counted_to: date | None
    late_days: int
    accrued_fen: int
    cap_fen: int
    percent: int
    charged_fen: int
    pauses: tuple[tuple[date, date], ...]
    window: Window
    steps: tuple[ExecutionStep, ...] = ()

    @property
    def number(self) -> str:
        return str(self.decision.data.get("number") or "")

    @property
    def principal_fen(self) -> int:
        """Fine and confiscation, as decided."""
        return self.fine_fen + self.confiscation_fen

    @property
    def paid_fen(self) -> int:
        return sum(one.amount_fen for one in self.payments)

    @property
    def demanded_fen(self) -> int:
        """What the decision and what was charged in addition demand: nothing, once the decision has fallen."""
        return 0 if self.state == "annulled" else self.principal_fen + self.charged_fen

    @property
    def owed_fen(self) -> int:
        """What is still to be paid of that."""
        return max(0, self.demanded_fen - self.paid_fen)

    @property
    def over_fen(self) -> int:
        """What was paid beyond that and goes back to the party."""
        return max(0, self.paid_fen - self.demanded_fen)

    @property
    def capped(self) -> bool:
        return bool(self.accrued_fen) and self.accrued_fen >= self.cap_fen


def standing(record: Record, at: datetime) -> Standing | None:
    """The latest decision to penalise as it stands at `at`; None where there is none. Raises NotInForce,
    UnknownParameter where the pack has no value for a day."""
    moment = local_moment(at)
    facts = Facts(record, moment)
    step = Event(len(facts.events), moment, "", (), {}, moment.date(), bare=True)
    decision = last_decision(facts, step)
    return None if decision is None else _standing(facts, decision, step)


def _standing(facts: Facts, decision: Event, step: Event) -> Standing:
    penalty = decision.data["penalty"]
    fine, confiscation = penalty.fine_fen, penalty.confiscation_fen
    paid = tuple(
        Payment(one.day, one.data["amount_fen"], one.index, one.data["receipt"] or "")
        for one in facts.after(decision, "fine_collected")
    )
    settled = settled_on(paid, fine + confiscation)
    due, deferred = payment_due(facts, decision, step), schedules(facts, step)
    until = min([step.day, *([settled] if settled else [])])
    stops = tuple((first, last) for first, last in pauses(facts, until) if due and last > due)
    percent = facts.param("additional_fine_percent_per_day", step.day).value
    cap = facts.param("additional_fine_cap_percent", step.day).value
    charged = [one.data["amount_fen"] for one in facts.after(decision, "additional_fine_charged")][-1:]
    late = late_days(due_on=due, until_on=until, pauses=stops) if due else 0
    accrued = (
        additional_fine(
            fine_fen=fine, percent_per_day=percent, cap_percent=cap, due_on=due, until_on=until, pauses=stops
        )
        if due
        else 0
    )
    turned = remedy(facts, decision, step).turned
    served = served_on(facts, decision, step)
    deferred_to = max(deferred, default=None)
    found = Standing(
        decision=decision, day=step.day, fine_fen=fine, confiscation_fen=confiscation, payments=paid, served_on=served,
        period=payment_period(facts, decision, step), period_article=facts.param("payment_days", served or step.day).source, due_on=due, deferred_to=deferred_to, settled_on=settled, counted_to=until if due else None, late_days=late,
        accrued_fen=accrued, cap_fen=fine * cap // 100, percent=percent, charged_fen=sum(charged), pauses=stops,
        window=court_window(facts, decision, step),
        state=_state(turned, settled, due, deferred_to, step.day, bool(paid), stops),
    )  # fmt: skip
    return replace(found, steps=steps(facts, found, step))


def settled_on(payments: tuple[Payment, ...], principal_fen: int) -> date | None:
    """The day the sum decided was paid in full; None: it is not."""
    total = 0
    for one in sorted(payments, key=lambda one: one.on):
        total += one.amount_fen
        if total >= principal_fen:
            return one.on
    return None


def _state(
    turned: bool,
    settled: date | None,
    due: date | None,
    deferred: date | None,
    day: date,
    some: bool,
    stops: tuple[tuple[date, date], ...],
) -> str:
    if turned:
        return "annulled"
    if settled:
        return "paid"
    if due is None:
        return "unserved"
    if day > due:
        return "paused" if any(first <= day <= last for first, last in stops) else "overdue"
    if deferred and deferred >= day:
        return "deferred"
    return "part_paid" if some else "unpaid"
