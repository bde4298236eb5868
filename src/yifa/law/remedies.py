"""From the service of a decision onward: when it must be paid, and when the time to challenge it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yifa.law.calendar.deadlines import Deadline
from yifa.law.calendar.spans import DAY
from yifa.law.facts import DECISIONS, Facts
from yifa.law.record.model import Event

PAPERS = frozenset({"penalty_decision", "no_penalty_decision", "summary_decision"})
FAMILIES = ("reconsideration", "litigation")
DROPPED = frozenset({"withdrawn", "terminated"})
TURNED = frozenset({"revoked", "void"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """State of the remedies: `ended_on` the last day of the statutory period, or `pending` why it has no end yet.

    `judged`: a court has decided on the suit, so no statutory period stands any more. `turned`: the decision is revoked
    or void.
    """

    ended_on: date | None
    pending: str = ""
    judged: bool = False
    turned: bool = False


def last_decision(facts: Facts, step: Event) -> Event | None:
    """The latest decision to penalise before an act."""
    found = [event for event in facts.before(step, *DECISIONS) if event.data["outcome"] == "penalty"]
    return found[-1] if found else None


def served_on(facts: Facts, decision: Event, step: Event) -> date | None:
    """The day the decision was legally served before `step`, from which the party's periods run; None: not served."""
    if decision.data.get("handed_over"):
        return decision.day
    for event in facts.after(decision, "instrument_served"):
        if event.index >= step.index:
            break
        if event.data["instrument"] in PAPERS:
            return effective_on(facts, event)
    return None


def effective_on(facts: Facts, service: Event) -> date:
    """The day a service takes effect; of a public notice when its period has run. CPL art. 95."""
    stated: date | None = service.data["effective_on"]
    if stated is not None or service.data["mode"] != "public_notice":
        return stated or service.day
    announced = service.data["announced_on"] or service.day
    last = facts.due("public_notice_days", service, on=announced).due_on
    return last if facts.param("public_notice_served_on_last_day", announced).value else last + DAY


def payment_due(facts: Facts, decision: Event, step: Event) -> date | None:
    """The last day to pay: of an approved deferral, else the period after service. None: not served."""
    period = payment_period(facts, decision, step)
    return max([period.due_on, *schedules(facts, step)]) if period else None


def payment_period(facts: Facts, decision: Event, step: Event) -> Deadline | None:
    """The period to pay in, counted from service. None: not served."""
    served = served_on(facts, decision, step)
    return facts.due("payment_days", decision, on=served, roll=True) if served else None


def schedules(facts: Facts, step: Event) -> list[date]:
    """Last days of the deferrals (暂缓、分期) approved before an act."""
    deferrals = facts.before(step, "deferral_approved")
    return [one.data["due_on"] for one in deferrals if one.data["approved_by"] is not None]


def pauses(facts: Facts, until: date) -> list[tuple[date, date]]:
    """Days of reconsideration and suit, in which no additional fine runs. APL art. 73 para. 3."""
    spans = []
    for family in FAMILIES:
        for filed in facts.all(f"{family}_filed"):
            decided = next(iter(facts.after(filed, f"{family}_decided")), None)
            last = decided.day if decided is not None and decided.day <= until else until
            both = facts.param("pause_days_inclusive", filed.day).value
            first, last = (filed.day, last) if both else (filed.day + DAY, last - DAY)
            if first <= last:
                spans.append((first, last))
    return spans


def remedy(facts: Facts, decision: Event, step: Event) -> Remedy:
    """Is the time for reconsideration and suit over, as seen from `step`? ALL art. 45, 46; ARL art. 20, 23."""
    served = served_on(facts, decision, step)
    if served is None:
        return Remedy(None, "决定书没有送达，法定期限没有起算")
    for family, name in zip(FAMILIES, ("行政复议", "行政诉讼"), strict=True):
        filed = _last(facts, decision, step, f"{family}_filed")
        decided = _last(facts, decision, step, f"{family}_decided")
        if filed is not None and (decided is None or decided.index < filed.index):
            return Remedy(None, f"{name}尚未审结")
        if decided is not None and decided.data["result"] in TURNED:
            return Remedy(None, f"决定已在{name}中被撤销或者确认无效", turned=True)
    changed = _last(facts, decision, step, "decision_changed")
    if changed is not None and changed.data["result"] in TURNED:
        return Remedy(None, "决定已被撤销或者确认无效", turned=True)
    suit = _last(facts, decision, step, "litigation_decided")
    if suit is not None and suit.data["result"] not in DROPPED:
        return Remedy(None, judged=True)
    return Remedy(_end(facts, decision, step, served))


def _last(facts: Facts, decision: Event, step: Event, kind: str) -> Event | None:
    """The latest act of a kind between the decision and `step`: what befell an earlier decision does not count."""
    found = facts.last_before(step, kind)
    return found if found is not None and found.index > decision.index else None


def _end(facts: Facts, decision: Event, step: Event, served: date) -> date:
    review = _last(facts, decision, step, "reconsideration_decided")
    if review is not None and review.data["result"] not in DROPPED:
        return facts.due("litigation_after_reconsideration_days", review, roll=True).due_on
    first = decision.kind == "summary_decision_made" and facts.param(
        "reconsideration_first_for_summary", decision.day
    ).value  # fmt: skip
    return facts.due(
        "reconsideration_days" if first else "litigation_months", decision, on=served, roll=True
    ).due_on
