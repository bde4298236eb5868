"""What is held: in one case with its things, and in all cases with the days that are left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef

from yifa.casework.cases.clocks import DueDay, remaining_days
from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import acts_of, assemble, records_of, within_reach
from yifa.casework.measures.models import HeldItem
from yifa.law.measures import Hold, holds
from yifa.ledger.clock import SHANGHAI
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of
from yifa.registry.people.reach import Reach

ORDERED = ("measure_ordered", "preservation_ordered")
MOST = 1000


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


def all_held(organ_code: str, reach: Reach | None, at: datetime) -> tuple[list[Held], bool]:
    """Measures of all cases, those that stand first by the days left; and whether there are more than MOST cases."""
    ordered = Act.objects.filter(organ_id=organ_code, kind__in=ORDERED, case=OuterRef("pk"))
    cases = Case.objects.filter(Exists(ordered), organ_id=organ_code)
    if reach is not None:
        cases = within_reach(cases, reach)
    found, count = [], 0
    for case, acts, record in records_of(cases.order_by("-year", "-serial")[: MOST + 1]):
        count += 1
        found += [
            Held(case, one, left_of(one, at), acts[one.order.index].seq, acts[one.ended.index].seq if one.ended else None)
            for one in holds(record, at)
        ]  # fmt: skip
    found.sort(key=lambda one: (not one.hold.standing, one.hold.deadline.due_on, one.case.no))
    return found, count > MOST
