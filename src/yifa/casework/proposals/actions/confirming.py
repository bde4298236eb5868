"""The confirmation: the approver's own log-in appends the act, and the proposal is closed in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.events import is_late, moment
from yifa.casework.cases.models import Act
from yifa.casework.cases.permissions import confirmed_keys, misplaced, recused
from yifa.casework.proposals.actions.locking import Person, locked, write_step
from yifa.casework.proposals.actions.submitting import may_handle
from yifa.casework.proposals.errors import CaseMoved, NotPermitted
from yifa.casework.proposals.models import CONFIRMED, OPEN, Proposal
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing
from yifa.registry.people.queries import staff_of

MOVED = "本案刚刚有新的办理记录，没有确认。请看下面“提交以后的变化”，重新核对后再确认。"


def event_of(proposal: Proposal, who: str, said: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The event a confirmation by `who` at this moment records. `said`: what only he may say."""
    moment = at.isoformat(timespec="seconds")
    event = {**proposal.whole, "kind": proposal.kind, **said, **confirmed_keys(proposal.kind, who, moment)}
    done_before = event.get("urgent") or proposal.kind == "summary_decision_made"
    event["at"] = event.get("at", moment) if done_before else moment
    event.setdefault("by", [])
    return event


def require_none_barred(
    event: Mapping[str, Any], acts: Sequence[Act], staff: Mapping[str, Mapping[str, Any]]
) -> None:
    """Who was recused, or reviewed or approved, after it was proposed is no longer let in by it. Raises NotPermitted."""
    named = event.get("handlers", event["by"])
    barred = misplaced(event["kind"], named, acts, event.get("approved_by"))
    barred += sorted((set(event["by"]) & recused(acts)) - set(barred))
    if barred:
        who = "、".join(staff[one]["name"] if one in staff else one for one in barred)
        raise NotPermitted(
            gettext("%(who)s审核、审批过本案或者已经回避，不能再办理本案。请退回，由提交人另选人员。")
            % {"who": who}
        )


def confirm(
    *, no: str, person: Person, actor: Actor, said: Mapping[str, Any], expected: int, words: str = ""
) -> Act:
    """Record what was proposed, approved by `person` now.

    Raises AlreadyHandled, CaseMoved, NotPermitted, InvalidAct, StepRefused; then nothing was written.
    """
    with writing() as unit:
        case, proposal = locked(no, OPEN)
        if expected != case.act_count:
            raise CaseMoved(MOVED)
        acts = list(case.acts.all())
        refused = may_handle(proposal, person, acts)
        if refused:
            raise NotPermitted(refused)
        at = clock.now()
        event = event_of(proposal, person["id"], said, at)
        require_none_barred(event, acts, staff_of(case.organ_id))
        act = record_act(
            case_no=case.no,
            event=event,
            actor=actor,
            expected=expected,
            entered_late=is_late(moment(event), at, acts),
        )
        proposal.state, proposal.handled_by, proposal.handled_at = CONFIRMED, person["id"], at
        proposal.act_seq = act.seq
        write_step(unit, proposal, step="confirmed", by=person["id"], words=words, actor=actor)
    return act
