"""The confirmation: the approver's own log-in appends the act, and the proposal is closed in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.events import is_late, moment
from yifa.casework.cases.models import Act
from yifa.casework.cases.permissions import confirmed_keys
from yifa.casework.proposals.actions.locking import Person, locked, write_step
from yifa.casework.proposals.actions.submitting import may_handle
from yifa.casework.proposals.errors import CaseMoved, NotPermitted
from yifa.casework.proposals.models import CONFIRMED, OPEN, Proposal
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing

MOVED = "本案刚刚有新的办理记录，没有确认。请看下面“提交以后的变化”，重新核对后再确认。"


def event_of(proposal: Proposal, who: str, said: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The event a confirmation by `who` at this moment records. `said`: what only he may say."""
    moment = at.isoformat(timespec="seconds")
    event = {**proposal.whole, "kind": proposal.kind, **said, **confirmed_keys(proposal.kind, who, moment)}
    done_before = event.get("urgent") or proposal.kind == "summary_decision_made"
    event["at"] = event.get("at", moment) if done_before else moment
    event.setdefault("by", [])
    return event


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
