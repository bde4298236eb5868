"""What is held: in one case with its things, and in all cases with the days that are left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from yifa.casework.cases.clocks import DueDay, remaining_days
from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import acts_of, assemble
from yifa.casework.measures.models import HeldItem
from yifa.law.measures import Hold, holds
from yifa.ledger.clock import SHANGHAI
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of

ORDERED = ("measure_ordered", "preservation_ordered")


@dataclass(frozen=True)
class Held:
    """One measure of a case with the things on its list; `seq` and `ended_seq`: its acts."""

    case: Case
    hold: Hold
    due: DueDay
    seq: int
    ended_seq: int | None = None
    items: list[HeldItem] = field(default_factory=list)

    @property
    def out(self) -> list[HeldItem]:
        """Things that are still held."""
        return [one for one in self.items if not one.returned_on]


def left_of(hold: Hold, at: datetime) -> DueDay:
    """How much is left of a measure that stands."""
    if not hold.standing:
        return DueDay(None, "", "")
    due = hold.deadline
    today = at.astimezone(SHANGHAI).date()
    return DueDay(due.due_on, *remaining_days(due.due_on, due.starts_on, due.unit, due.holidays, today))


def held_in(case: Case, at: datetime) -> list[Held]:
    """Every measure of a case, in order, with its things."""
    rows = acts_of(case)
    acts, raw = assemble(case, rows, staff_of(case.organ_id))
    if not raw["events"]:
        return []
    items = list(HeldItem.objects.filter(case=case).order_by("serial"))
    return [
        Held(
            case, one, left_of(one, at), acts[one.order.index].seq, acts[one.ended.index].seq if one.ended else None,
            [item for item in items if (item.family, item.measure) == (one.family, one.id)],
        )
        for one in holds(read_record(raw), at)
    ]  # fmt: skip
