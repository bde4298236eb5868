"""What the case page offers: acts that may be done now, whose they are, and the blocked ones with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.permissions import not_yours, proposal_words, refusal
from yifa.law.check import Clock
from yifa.law.events import KINDS
from yifa.law.findings import Finding
from yifa.law.procedure import NextAct, Reason, next_acts
from yifa.law.record import Record

AT_FIRST = 3
OWN_PAGES = {
    "statement_made": "case-statement", "statement_reexamined": "case-statement", "hearing_notified": "case-hearing",
    "hearing_held": "case-hearing", "legality_reviewed": "case-review",
}  # fmt: skip
"""Kinds of act that a room has a page for, by the name of its address."""


@dataclass(frozen=True)
class Way:
    """A reason and the act that lifts it: its slug and label, empty where none is known."""

    finding: Finding
    slug: str
    label: str


@dataclass(frozen=True)
class OfferedAct:
    """One act on offer. `not_mine`: why somebody else must do it, empty where who looks may do it.
    `propose`: what bringing it before who decides is called (提交审批, 送审), empty where who looks may not."""

    act: NextAct
    not_mine: str
    ways: list[Way]
    propose: str = ""

    @property
    def slug(self) -> str:
        return slug_of(self.act.kind)


def slug_of(kind: str) -> str:
    """The kind as addresses spell it: decision-made."""
    return kind.replace("_", "-")


def kind_of(slug: str) -> str:
    """The kind an address spells; no kind in any other spelling, which would go past a page of its own."""
    return "" if "_" in slug else slug.replace("-", "_")


def offers(
    record: Record, at: datetime, clocks: Iterable[Clock], case: Case, acts: Sequence[Act],
    person: Mapping[str, Any] | None,
) -> tuple[list[OfferedAct], list[OfferedAct]]:  # fmt: skip
    """(can, cannot): what may be done, one's own first, and what is blocked with every reason."""
    can, cannot = next_acts(record, at, clocks)
    mine = [offered(act, case, acts, person) for act in can]
    return (
        sorted(mine, key=lambda one: bool(one.not_mine and not one.propose)),
        [offered(act, case, acts, person) for act in cannot],
    )


def offered(act: NextAct, case: Case, acts: Sequence[Act], person: Mapping[str, Any] | None) -> OfferedAct:
    why = not_yours(act.kind) if person is None else refusal(act.kind, person, case, acts)
    return OfferedAct(
        act, why or "", ways(act.reasons), proposal_words(act.kind, person, case, acts) if why else ""
    )


def ways(reasons: Iterable[Reason]) -> list[Way]:
    return [
        Way(one.finding, slug_of(one.lifted_by), KINDS[one.lifted_by].label)
        if one.lifted_by
        else Way(one.finding, "", "")
        for one in reasons
    ]
