"""Challenges to a decision: until when they may be brought, when the answer is due, what an outcome means.

ARL arts 20, 23, 48, 54; ALL arts 45, 46, 67; APL art. 48 para. 2. The clocks are those of law/rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from yifa.law.calendar import Deadline
from yifa.law.calendar.deadlines import local_moment
from yifa.law.facts import Facts
from yifa.law.findings import Running
from yifa.law.record.model import Event, Record
from yifa.law.remedies import DROPPED, FAMILIES, last_decision, served_on
from yifa.law.rules import litigation_answer, reconsideration_answer, withdrawal_of_publication

CLOCKS = {"reconsideration": reconsideration_answer.clock, "litigation": litigation_answer.clock}
TURNED = withdrawal_of_publication.TURNED
"""Outcomes after which the decision does not stand as it was: an act `decision_changed` follows."""
MEANS = {
    "upheld": "决定继续有效，按原决定执行",
    "rejected": "决定继续有效，按原决定执行",
    "changed": "按变更后的内容执行；公开的决定信息应当撤回并说明理由",
    "revoked": "决定不再执行，已经收取的款项退还；公开的决定信息应当撤回并说明理由",
    "unlawful": "决定被确认违法；公开的决定信息应当撤回并说明理由，依法采取补救措施",
    "void": "决定自始无效，不再执行，已经收取的款项退还；公开的决定信息应当撤回并说明理由",
    "ordered_to_act": "在规定的期限内履行职责或者重新作出行政行为",
    "withdrawn": "申请或者起诉撤回，决定继续有效",
    "terminated": "程序终止，决定继续有效",
}


@dataclass(frozen=True)
class Challenge:
    """One reconsideration or suit. `answer`: the clock of the answer, None where the day of receipt is not recorded."""

    family: str
    filed: Event
    received_on: date | None
    answer: Running | None
    answered: Event | None
    decided: Event | None

    @property
    def result(self) -> str:
        return str(self.decided.data["result"]) if self.decided is not None else ""

    @property
    def means(self) -> str:
        return MEANS.get(self.result, "")


@dataclass(frozen=True)
class Challenges:
    """`reconsideration`, `litigation`: the last days to bring one, None before service or where none stands;
    `first`: reconsideration must come before a suit; `withdrawals`: channels from which the decision is to be withdrawn."""

    decision: Event | None
    served_on: date | None
    reconsideration: Deadline | None
    litigation: Deadline | None
    first: bool
    brought: tuple[Challenge, ...]
    withdrawals: tuple[tuple[str, Running], ...]

    @property
    def open(self) -> tuple[Challenge, ...]:
        """Those not decided yet."""
        return tuple(one for one in self.brought if one.decided is None)


def challenges(record: Record, at: datetime) -> Challenges:
    """Everything about remedies in a case as of a moment. Raises UnknownParameter, NotInForce."""
    moment = local_moment(at)
    facts = Facts(record, moment)
    step = Event(len(facts.events), moment, "", (), {}, moment.date(), bare=True)
    decision = last_decision(facts, step)
    served = served_on(facts, decision, step) if decision is not None else None
    brought = tuple(
        _challenge(facts, family, filed) for family in FAMILIES for filed in facts.all(f"{family}_filed")
    )
    first = decision is not None and decision.kind == "summary_decision_made" and bool(
        facts.param("reconsideration_first_for_summary", decision.day).value
    )  # fmt: skip
    reconsideration = litigation = None
    if decision is not None and served is not None:
        reconsideration = facts.due("reconsideration_days", decision, on=served, roll=True)
        litigation = _suit(facts, decision, served, brought, first)
    withdrawals = tuple(
        (channel, tick) for channel, tick in withdrawal_of_publication.by_channel(facts) if tick.stop is None
    )
    return Challenges(
        decision, served, reconsideration, litigation, first,
        tuple(sorted(brought, key=lambda one: one.filed.index)), withdrawals,
    )  # fmt: skip


def _suit(
    facts: Facts, decision: Event, served: date, brought: tuple[Challenge, ...], first: bool
) -> Deadline | None:
    """The last day to sue: after a reconsideration from its outcome; None while one runs, or before one that must come."""
    reviews = [one for one in brought if one.family == "reconsideration" and one.filed.index > decision.index]
    if reviews and reviews[-1].decided is None:
        return None
    for one in reversed(reviews):
        if one.decided is not None and one.result not in DROPPED:
            return facts.due("litigation_after_reconsideration_days", one.decided, roll=True)
    return None if first else facts.due("litigation_months", decision, on=served, roll=True)


def _challenge(facts: Facts, family: str, filed: Event) -> Challenge:
    ticks = [one for one in CLOCKS[family](facts) if isinstance(one, Running) and one.start is filed]
    decided = next(iter(facts.after(filed, f"{family}_decided")), None)
    answered = next(iter(facts.after(filed, f"{family}_answered")), None)
    return Challenge(family, filed, filed.get("copy_received_on"), next(iter(ticks), None), answered, decided)
