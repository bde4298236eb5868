"""Where a paper stands with its approval and its correction, as its page tells one log-in."""

from __future__ import annotations

from dataclasses import dataclass

from yifa.casework.cases.permissions import WHOSE
from yifa.casework.instruments.approving import check_can_approve
from yifa.casework.instruments.errors import NotPermitted
from yifa.casework.instruments.models import CORRECTED, SUBMITTED, WAITING, Instrument, InstrumentApproval
from yifa.casework.instruments.models import InstrumentCorrection as Correction
from yifa.casework.instruments.permissions import Person
from yifa.casework.instruments.queries import Reading, corrected_by, corrects_of
from yifa.ledger.actions import Actor
from yifa.registry.people.queries import names_of


@dataclass(frozen=True)
class Round:
    """A round of approval in words."""

    row: InstrumentApproval
    submitted: str
    decided: str


@dataclass(frozen=True)
class Standing:
    """`whose`: whose approval is needed, empty where nobody's; `refused`: why who looks may not give it, empty where he may."""

    whose: str
    check: str
    rounds: list[Round]
    waiting: bool
    refused: str
    mine: bool
    corrects: Correction | None
    corrected_by: Instrument | None


def standing(now: Reading, person: Person, actor: Actor) -> Standing:
    paper, names = now.paper, names_of(now.paper.organ_id)
    rows = list(paper.approvals.all())
    rounds = [
        Round(one, names.get(one.submitted_by, one.submitted_by), names.get(one.decided_by, one.decided_by))
        for one in rows
    ]
    open_round = next((one for one in rows if one.state == WAITING), None)
    refused = ""
    if open_round:
        try:
            check_can_approve(person, paper, open_round, actor)
        except NotPermitted as error:
            refused = str(error)
    return Standing(
        whose=WHOSE[open_round.role if open_round else now.need.by] if open_round or now.need else "", check=now.need.check if now.need else "", rounds=rounds,
        waiting=paper.state == SUBMITTED, refused=refused,
        mine=bool(open_round and person and open_round.submitted_by == person["id"]), corrects=corrects_of(paper),
        corrected_by=corrected_by(paper) if paper.state == CORRECTED else None,
    )  # fmt: skip
