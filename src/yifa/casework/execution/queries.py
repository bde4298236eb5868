"""Who owes what in one case: its payments and steps. All cases that are not closed are a list (`lists`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import acts_of, assemble
from yifa.law.execution import ExecutionStep, Standing, standing
from yifa.law.execution.steps import NOW
from yifa.law.forms.amounts import amount
from yifa.ledger import clock
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of


@dataclass(frozen=True)
class Execution:
    """A case after its decision. `now` is None where nobody was penalised."""

    case: Case
    acts: Sequence[Act]
    now: Standing | None

    @property
    def next_step(self) -> ExecutionStep | None:
        """The step furthest along that is possible today; a deferral waits for the party to ask."""
        return at_hand(self.now)


def at_hand(now: Standing | None) -> ExecutionStep | None:
    """The step furthest along that is possible at the moment of a standing."""
    ready = [one for one in now.steps if one.state == NOW and one.kind != "deferral_approved"] if now else []
    return ready[-1] if ready else None


def execution_of(case: Case, at: datetime) -> Execution:
    """One case as of a moment."""
    acts, raw = assemble(case, acts_of(case), staff_of(case.organ_id))
    return Execution(case, acts, standing(read_record(raw), at) if raw["events"] else None)


def court_step(case: Case, at: datetime) -> ExecutionStep | None:
    """Whether the court may be asked at a moment, from which day, until which; None where nothing was decided."""
    now = execution_of(case, at).now
    return next((one for one in now.steps if one.kind == "court_execution_requested"), None) if now else None


def asked(case: Case) -> str:
    """What the court is asked to execute: what is still owed, the additional fine by itself; empty where nothing is."""
    now = execution_of(case, clock.now()).now
    if now is None or not now.owed_fen:
        return ""
    words = f"强制执行{now.number}行政处罚决定，尚未缴纳{amount(now.owed_fen)}"
    return words + (f"，其中加处罚款{amount(now.charged_fen)}。" if now.charged_fen else "。")
