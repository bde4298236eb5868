"""The remedies of a case as its page and other rooms need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import acts_of, assemble
from yifa.law.disputes import Challenges, challenges
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of


@dataclass(frozen=True)
class Remedies:
    """A case, its acts in record order, and what the law says of challenges to its decision."""

    case: Case
    acts: Sequence[Act]
    now: Challenges


def remedies_of(case: Case, at: datetime) -> Remedies:
    rows = acts_of(case)
    acts, raw = assemble(case, rows, staff_of(case.organ_id))
    return Remedies(case, acts, challenges(read_record(raw), at))
