"""The case first, then what hangs on it: always locked in this order, so that two log-ins wait and never deadlock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.errors import CaseArchived, UnknownCase
from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import require_unarchived
from yifa.casework.proposals.errors import AlreadyHandled, NotPermitted
from yifa.casework.proposals.models import STATES, Proposal, ProposalStep
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit

Person = Mapping[str, Any]


def locked_case(case_no: str) -> Case:
    """Raises UnknownCase."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organ").filter(no=case_no).first()
    if case is None:
        raise UnknownCase(f"没有案件 {case_no}")
    return case


def require_open(case_no: str) -> None:
    """Nothing new is brought before anybody in an archived case. Raises NotPermitted."""
    try:
        require_unarchived(case_no)
    except CaseArchived as error:
        raise NotPermitted(str(error)) from error


def locked(no: str, *states: str) -> tuple[Case, Proposal]:
    """The proposal with its case, in one of these states. Raises AlreadyHandled."""
    case = locked_case(Proposal.objects.values_list("case_id", flat=True).get(no=no))
    proposal = Proposal.objects.select_for_update().get(no=no)
    if proposal.state not in states:
        raise AlreadyHandled(
            gettext("这一件已经处理过了（%(state)s），没有再次处理。请看下面的经过。")
            % {"state": gettext(STATES[proposal.state])}
        )
    return case, proposal


def write_step(
    unit: Unit, proposal: Proposal, *, step: str, by: str, words: str, actor: Actor, new: bool = False
) -> None:
    """One step with its ledger entry `proposal_<step>`, and the proposal as it now stands."""
    count = 0 if new else ProposalStep.objects.filter(proposal_id=proposal.no).count()
    row = ProposalStep(
        organ_id=proposal.organ_id,
        proposal=proposal,
        serial=count + 1,
        step=step,
        by=by,
        at=clock.now(),
        words=words,
    )
    if not new:
        proposal.version += 1
    unit.log(type=f"proposal_{step}", actor=actor, agency=proposal.organ_id, rows=[proposal, row])
    proposal.save(force_insert=new)
    row.save(force_insert=True)
