"""The steps of one case with their states, for the page of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yifa.law.check import last_moment
from yifa.law.facts import Facts, day_text
from yifa.law.packs import UnknownParameter
from yifa.law.procedure.acts import SUMMARY, Act, in_order
from yifa.law.procedure.stages import DECISION_PAPERS
from yifa.law.record.model import Event, Record


@dataclass(frozen=True)
class Step:
    """`state`: done · current · todo · not_applicable · returned (enum step_state)."""

    key: str
    label: str
    state: str
    note: str


def steps(record: Record, at: datetime | None = None) -> list[Step]:
    """All steps of the record's procedure as of `at`, in their usual order; exactly one at most is current."""
    facts = Facts(record, at if at is not None else last_moment(record))
    found: list[Step] = []
    waiting = True
    table = SUMMARY if record.procedure == "summary" else in_order(order_of(facts))
    reached = _reached(facts, table)
    for place, act in enumerate(table):
        state, note = _state(facts, act, passed=place < reached)
        if state == "todo" and waiting and not (act.optional and not _begun(facts, act)):
            state, waiting = "current", False
        found.append(Step(act.key, act.label, state, note))
    return found


def order_of(facts: Facts) -> tuple[str, ...]:
    """The order the organ keeps before a decision; none where its pack has no value on the day."""
    try:
        return tuple(facts.param("order_before_decision", facts.at.date()).value)
    except UnknownParameter:
        return ()


def _reached(facts: Facts, table: tuple[Act, ...]) -> int:
    """How many steps lie before the furthest completed one."""
    done = [place for place, act in enumerate(table) if _last(facts, act.done_by, act.key)]
    return done[-1] if done else 0


def _last(facts: Facts, kinds: tuple[str, ...], key: str) -> Event | None:
    found = [event for kind in kinds for event in facts.all(kind)]
    if key == "service":
        found = [event for event in found if event.data["instrument"] in DECISION_PAPERS]
    return max(found, key=lambda event: event.index, default=None)


def _begun(facts: Facts, act: Act) -> Event | None:
    return _last(facts, act.begun_by, "")


def _state(facts: Facts, act: Act, *, passed: bool) -> tuple[str, str]:
    last, begun = _last(facts, act.done_by, act.key), _begun(facts, act)
    if last is None and begun is None:
        return ("not_applicable", "") if passed and act.optional else ("todo", "")
    if last is None or (begun is not None and begun.index > last.index and act.key != "investigation"):
        return "todo", f"{day_text(begun.day)}开始" if begun is not None else ""
    if act.key == "legality_review" and last.data["opinion"] != "agree":
        return "returned", f"{day_text(last.day)}退回"
    return "done", day_text(last.day)
