"""Who owes what: one case with its payments and steps, and all decided cases that are not closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import acts_of, assemble, records_of, within_reach
from yifa.casework.execution.models import HELD, BankPayment
from yifa.law.execution import ExecutionStep, Standing, standing
from yifa.law.execution.steps import NOW
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of
from yifa.registry.people.reach import Reach

MOST = 1000
SETTLED = ("paid", "annulled")


@dataclass(frozen=True)
class Execution:
    """A case after its decision. `now` is None where nobody was penalised."""

    case: Case
    acts: Sequence[Act]
    now: Standing | None

    @property
    def next_step(self) -> ExecutionStep | None:
        """The step furthest along that is possible today; a deferral waits for the party to ask."""
        if self.now is None:
            return None
        ready = [one for one in self.now.steps if one.state == NOW and one.kind != "deferral_approved"]
        return ready[-1] if ready else None


def execution_of(case: Case, at: datetime) -> Execution:
    """One case as of a moment."""
    acts, raw = assemble(case, acts_of(case), staff_of(case.organ_id))
    return Execution(case, acts, standing(read_record(raw), at) if raw["events"] else None)


def court_step(case: Case, at: datetime) -> ExecutionStep | None:
    """Whether the court may be asked at a moment, from which day, until which; None where nothing was decided."""
    now = execution_of(case, at).now
    return next((one for one in now.steps if one.kind == "court_execution_requested"), None) if now else None


def executions(organ_code: str, reach: Reach | None, at: datetime) -> tuple[list[Execution], bool]:
    """Decided cases with a fine that are not closed, oldest decision first; and whether there are more than MOST."""
    cases = Case.objects.filter(organ_id=organ_code, closed_on=None, fine_fen__gt=0).exclude(decided_on=None)
    if reach is not None:
        cases = within_reach(cases, reach)
    found = [
        Execution(case, acts, now)
        for case, acts, record in records_of(cases.order_by("decided_on", "no")[: MOST + 1])
        if (now := standing(record, at)) is not None
    ]
    return found[:MOST], len(found) > MOST


def held_payments(organ_code: str) -> int:
    """Payments nobody has given a case yet."""
    return BankPayment.objects.filter(organ_id=organ_code, state=HELD).count()
