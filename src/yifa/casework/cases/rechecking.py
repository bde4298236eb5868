"""The cases of an organ judged twice, by the law before and after a change: whose deadlines move, whose findings differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import assemble
from yifa.law import record as law_record
from yifa.law.check import Answer, check
from yifa.law.packs import Pack
from yifa.registry.people.queries import staff_of

FINISHED = ("closed", "archived", "declined")


@dataclass(frozen=True)
class DeadlineMove:
    """One running clock whose last day (or hour) differs. `place`: which clock of its rule in the case."""

    rule: str
    place: int
    old_due: str
    new_due: str


@dataclass(frozen=True)
class Touched:
    """A case that a change touches. `appears` and `goes`: rules with findings only after, only before."""

    case_no: str
    number: str
    open: bool
    moves: tuple[DeadlineMove, ...]
    appears: tuple[str, ...]
    goes: tuple[str, ...]


def touched_by(organ_code: str, old: Pack, new: Pack, at: datetime) -> Iterator[Touched]:
    """The cases judged differently at `at` by the two laws; nothing is written."""
    for case, raw in records(organ_code):
        try:
            before, after = (check(law_record.parse(raw, law=law), at) for law in (old, new))
        except law_record.RecordError:
            continue
        moves = tuple(deadline_moves(before, after))
        then, now = (sorted((f.rule, str(f.event)) for f in answer.findings) for answer in (before, after))
        appears = tuple(sorted({rule for rule, place in now if (rule, place) not in then}))
        goes = tuple(sorted({rule for rule, place in then if (rule, place) not in now}))
        if moves or appears or goes:
            yield Touched(case.no, case.number, is_open(case), moves, appears, goes)


def straddling(organ_code: str, day: date) -> Iterator[Touched]:
    """The cases begun before a day on which the law changes and not decided by then."""
    for case in Case.objects.filter(organ_id=organ_code).order_by("no"):
        acted = case.acts.order_by("at").values_list("at", flat=True).first()
        begun = acted is not None and acted.date() < day
        ended = case.closed_on or case.decided_on
        if begun and (ended is None or ended >= day):
            yield Touched(case.no, case.number, is_open(case), (), (), ())


def records(organ_code: str) -> Iterator[tuple[Case, dict[str, Any]]]:
    """Every case of the organ with its record, by number; the people are asked for once."""
    staff = staff_of(organ_code)
    cases = Case.objects.select_related("organ").filter(organ_id=organ_code).order_by("no")
    for case in cases.prefetch_related("acts").iterator(chunk_size=200):
        acts = list(case.acts.all())
        if acts:
            yield case, assemble(case, acts, staff)[1]


def is_open(case: Case) -> bool:
    return case.closed_on is None and case.stage not in FINISHED


def deadline_moves(before: Answer, after: Answer) -> Iterator[DeadlineMove]:
    """The clocks of the two answers side by side: the same rule and place, another last day."""
    old, new = due_days(before), due_days(after)
    for key in sorted(old.keys() & new.keys()):
        if old[key] != new[key]:
            yield DeadlineMove(*key, old[key], new[key])


def due_days(answer: Answer) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for clock in answer.deadlines:
        place = sum(key[0] == clock.rule for key in found)
        deadline = clock.running.deadline
        found[clock.rule, place] = (deadline.due_at or deadline.due_on).isoformat()
    return found
