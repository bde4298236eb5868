"""Submit, resubmit, withdraw, return and remind: nothing here touches the record of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yifa.casework.cases.errors import StaleEdition
from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import (
    OPTIONAL_APPROVAL,
    confirmation_refusal,
    confirmer_role,
    proposal_words,
)
from yifa.casework.cases.queries import event_parts
from yifa.casework.proposals.actions.locking import Person, locked, locked_case, require_open, write_step
from yifa.casework.proposals.errors import AlreadyHandled, NotPermitted
from yifa.casework.proposals.models import LIVING, OPEN, RETURNED, WITHDRAWN, Proposal
from yifa.law.events import AFTER_ARCHIVE
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing


@dataclass(frozen=True)
class Draft:
    """What is proposed: the event without what belongs to who confirms, the form as typed, to whom, with what words."""

    kind: str
    event: Mapping[str, Any]
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    to_person: str = ""
    message: str = ""


def submit(
    *, case_no: str, draft: Draft, person: Person, actor: Actor, expected: int, again: str = ""
) -> Proposal:
    """A proposal for whoever may confirm it; `again`: the number of one returned, which is submitted anew.

    Raises UnknownCase, StaleEdition, NotPermitted, AlreadyHandled; then nothing was written.
    """
    with writing() as unit:
        case = locked_case(case_no)
        if draft.kind not in AFTER_ARCHIVE:
            require_open(case_no)
        if expected != case.act_count:
            raise StaleEdition(expected=expected, found=case.act_count)
        acts = list(case.acts.all())
        if not proposal_words(draft.kind, person, case, acts):
            raise NotPermitted("您不是本案的承办人，不能提交这一件。请承办人登录提交。")
        if Proposal.objects.filter(case=case, kind=draft.kind, state=OPEN).exclude(no=again).exists():
            raise AlreadyHandled("本案这个环节已经送审，还没有处理。请等待处理，或者由提交人先撤回。")
        proposal = returned_one(again, case, draft, person) if again else new_one(case, draft, person)
        fill(proposal, case, draft, person)
        write_step(
            unit, proposal, step="submitted", by=person["id"], words=draft.message, actor=actor, new=not again
        )
    return proposal


def new_one(case: Case, draft: Draft, person: Person) -> Proposal:
    serial = Proposal.objects.filter(case=case).count() + 1
    return Proposal(
        organ_id=case.organ_id, no=f"{case.no}-{serial}", case=case, serial=serial, kind=draft.kind
    )


def returned_one(again: str, case: Case, draft: Draft, person: Person) -> Proposal:
    """Of this very case: all that was asked above was asked of it."""
    if not Proposal.objects.filter(no=again, case=case).exists():
        raise NotPermitted("本案没有您要重新提交的这一件。请回到案件重新填写提交。")
    proposal = locked(again, RETURNED, WITHDRAWN)[1]
    if proposal.submitted_by != person["id"] or proposal.kind != draft.kind:
        raise NotPermitted("只有原提交人可以修改后重新提交。")
    return proposal


def fill(proposal: Proposal, case: Case, draft: Draft, person: Person) -> None:
    data, words = event_parts({**draft.event, "kind": draft.kind})
    for name in ("at", "by") if draft.kind in OPTIONAL_APPROVAL else ("by",):
        if name in draft.event:
            data[name] = draft.event[name]
    proposal.event, proposal.words, proposal.typed = data, words, dict(draft.typed)
    proposal.proposers = list(dict.fromkeys([person["id"], *draft.event.get("by", ())]))
    proposal.submitted_by, proposal.submitted_at = person["id"], clock.now()
    proposal.to_role, proposal.to_person = confirmer_role(draft.kind), draft.to_person
    proposal.seen, proposal.state = case.act_count, OPEN
    proposal.handled_by, proposal.handled_at = "", None


def withdraw(*, no: str, person: Person, actor: Actor) -> Proposal:
    """Raises AlreadyHandled, NotPermitted."""
    with writing() as unit:
        proposal = locked(no, *LIVING)[1]
        if proposal.submitted_by != person["id"]:
            raise NotPermitted("只有提交人可以撤回。")
        proposal.state = WITHDRAWN
        write_step(unit, proposal, step="withdrawn", by=person["id"], words="", actor=actor)
    return proposal


def return_proposal(*, no: str, person: Person, actor: Actor, reason: str) -> Proposal:
    """Send it back with a reason. Raises AlreadyHandled, NotPermitted."""
    with writing() as unit:
        case, proposal = locked(no, OPEN)
        refused = may_handle(proposal, person, list(case.acts.all()))
        if refused:
            raise NotPermitted(refused)
        proposal.state, proposal.handled_by, proposal.handled_at = RETURNED, person["id"], clock.now()
        write_step(unit, proposal, step="returned", by=person["id"], words=reason, actor=actor)
    return proposal


def may_handle(proposal: Proposal, person: Person | None, acts: list[Any]) -> str | None:
    """Why this person may neither confirm nor return this proposal; None where he may."""
    subject = proposal.event.get("person", "") if proposal.kind == "recusal_decided" else ""
    refused = confirmation_refusal(proposal.kind, person, acts, proposal.proposers, subject)
    if refused is None and person and proposal.to_person not in ("", person["id"]):
        return "这一件是送给指定人员的，由其本人登录处理。需要换人的，请提交人撤回后重新提交。"
    return refused


def remind(*, no: str, person: Person, actor: Actor) -> bool:
    """One reminder a day at most; False where there was one today. Raises AlreadyHandled, NotPermitted."""
    with writing() as unit:
        proposal = locked(no, OPEN)[1]
        if person["id"] not in proposal.proposers:
            raise NotPermitted("只有提交这一件的人可以催办。")
        if proposal.reminded_on == clock.today():
            return False
        proposal.reminded_on, proposal.reminders = clock.today(), proposal.reminders + 1
        write_step(unit, proposal, step="reminded", by=person["id"], words="", actor=actor)
    return True
