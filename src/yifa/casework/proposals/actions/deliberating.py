"""Ask for a deliberation, vote, close it: the votes are rows, the act is recorded by the chair's confirmation."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.errors import StaleEdition
from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.permissions import handlers_of, proposal_words, recused
from yifa.casework.proposals.actions.locking import Person, locked_case, require_open
from yifa.casework.proposals.errors import AlreadyHandled, CaseMoved, NotPermitted
from yifa.casework.proposals.models import (
    CLOSED,
    DELIBERATING,
    RECUSED_VOTE,
    VOTES,
    WITHDRAWN,
    Deliberation,
    Vote,
)
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing
from yifa.registry.people.queries import staff_of

MEMBER_ROLES = frozenset({"head", "committee"})
HANDLED = "您办理过本案，不能参加本案的集体讨论表决。"
OUT = "您已经被决定回避本案，不能表决。"
CHAIR_OUT = "您已经回避或者办理过本案，不能主持、确认。请提请人或者负责人撤回，由其他负责人主持重新讨论。"


def member_refusal(person: Person, acts: Sequence[Act]) -> str | None:
    """Why this person cannot sit on the deliberation of this case; None where he can."""
    name = person["name"]
    if not MEMBER_ROLES & set(person["roles"]):
        return gettext("%(who)s不是负责人，也不是案审委员。") % {"who": name}
    if person["id"] in recused(acts):
        return gettext("%(who)s已经回避本案。") % {"who": name}
    if person["id"] in handlers_of(acts):
        return gettext("%(who)s办理过本案。") % {"who": name}
    return None


def ask_deliberation(
    *,
    case_no: str,
    question: str,
    members: Sequence[str],
    chair: str,
    person: Person,
    actor: Actor,
    expected: int,
) -> Deliberation:
    """Raises UnknownCase, StaleEdition, NotPermitted, AlreadyHandled; then nothing was written."""
    with writing() as unit:
        case = locked_case(case_no)
        require_open(case_no)
        if expected != case.act_count:
            raise StaleEdition(expected=expected, found=case.act_count)
        acts = list(case.acts.all())
        if not proposal_words("deliberated", person, case, acts):
            raise NotPermitted("集体讨论由本案承办人或者负责人提请。")
        staff = staff_of(case.organ_id)
        wrong = [why for who in members if (why := member_refusal(staff[who], acts))]
        if wrong or chair not in members or "head" not in staff[chair]["roles"]:
            raise NotPermitted("".join(wrong) or "主持人应当是参加讨论的负责人。")
        if Deliberation.objects.filter(case=case, state=DELIBERATING).exists():
            raise AlreadyHandled("本案正在集体讨论，还没有结束，不能再提请一次。")
        serial = Deliberation.objects.filter(case=case).count() + 1
        meeting = Deliberation(
            organ_id=case.organ_id, no=f"{case.no}-T{serial}", case=case, serial=serial, question=question,
            members=list(members), chaired_by=chair, submitted_by=person["id"], submitted_at=clock.now(),
            seen=case.act_count,
        )  # fmt: skip
        unit.log(type="deliberation_asked", actor=actor, agency=case.organ_id, rows=[meeting])
        meeting.save(force_insert=True)
    return meeting


def locked_meeting(no: str) -> tuple[Case, Deliberation]:
    """Raises AlreadyHandled."""
    case = locked_case(Deliberation.objects.values_list("case_id", flat=True).get(no=no))
    meeting = Deliberation.objects.select_for_update().get(no=no)
    if meeting.state != DELIBERATING:
        raise AlreadyHandled("这次集体讨论已经结束或者撤回，没有再次办理。")
    return case, meeting


def vote(*, no: str, person: Person, actor: Actor, choice: str, reason: str) -> Vote:
    """One's own vote, once. `choice`: for, against, abstain, or recused (he recuses himself).

    Raises AlreadyHandled, NotPermitted, ValueError for a choice there is not.
    """
    if choice not in VOTES:
        raise ValueError(choice)
    with writing() as unit:
        case, meeting = locked_meeting(no)
        require_open(case.no)
        refused = vote_refusal(meeting, person, list(case.acts.all()))
        if refused:
            raise NotPermitted(refused)
        cast = Vote(
            organ_id=meeting.organ_id,
            deliberation=meeting,
            person=person["id"],
            vote=choice,
            reason=reason,
            at=clock.now(),
        )
        unit.log(type="vote_cast", actor=actor, agency=meeting.organ_id, rows=[cast])
        cast.save(force_insert=True)
        if choice == RECUSED_VOTE and person["id"] == meeting.chaired_by:
            meeting.version += 1
            meeting.state, meeting.closed_at = WITHDRAWN, clock.now()
            unit.log(type="deliberation_withdrawn", actor=actor, agency=meeting.organ_id, rows=[meeting])
            meeting.save()
    return cast


def sitting_members(meeting: Deliberation, acts: Sequence[Act]) -> list[str]:
    """Whose votes are waited for and counted: who was recused, or given the case to handle, after he was asked is out."""
    out = recused(acts) | handlers_of(acts)
    return [who for who in meeting.members if who not in out]


def vote_refusal(meeting: Deliberation, person: Person | None, acts: Sequence[Act]) -> str | None:
    """Why this person may not vote now; None where he may."""
    if person is None or person["id"] not in meeting.members:
        return "您不是这次集体讨论的参加人员，不能表决。"
    who = person["id"]
    if who in recused(acts):
        return OUT
    if who in handlers_of(acts):
        return HANDLED
    voted = {one.person for one in meeting.votes.all()}
    if who in voted:
        return "您已经表决过了，表决不能更改。"
    if who == meeting.chaired_by and set(sitting_members(meeting, acts)) - voted - {who}:
        return "主持人最后表决：还有参加人员没有表决。"
    return None


def close_deliberation(*, no: str, person: Person, actor: Actor, expected: int) -> Act:
    """The chair confirms; one act `deliberated` with members, chair and votes is recorded.

    Raises AlreadyHandled, CaseMoved, NotPermitted, InvalidAct, StepRefused.
    """
    with writing() as unit:
        case, meeting = locked_meeting(no)
        if person["id"] != meeting.chaired_by:
            raise NotPermitted("集体讨论由主持人本人确认结束。")
        if expected != case.act_count:
            raise CaseMoved("本案刚刚有新的办理记录，没有确认。请重新核对后再确认。")
        votes = {one.person: one.vote for one in meeting.votes.all()}
        members = sitting_members(meeting, list(case.acts.all()))
        if person["id"] not in members:
            raise NotPermitted(CHAIR_OUT)
        if set(members) - set(votes):
            raise NotPermitted("还有参加人员没有表决，不能结束。")
        counted = {who: cast for who, cast in votes.items() if cast != RECUSED_VOTE and who in members}
        at = clock.now()
        event = {
            "at": at.isoformat(timespec="seconds"), "kind": "deliberated", "by": [person["id"]],
            "members": list(counted), "chaired_by": person["id"], "votes": counted,
        }  # fmt: skip
        act = record_act(case_no=case.no, event=event, actor=actor, expected=expected)
        meeting.version += 1
        meeting.state, meeting.closed_at, meeting.act_seq = CLOSED, at, act.seq
        unit.log(type="deliberation_closed", actor=actor, agency=case.organ_id, rows=[meeting])
        meeting.save()
    return act


def may_withdraw(meeting: Deliberation, person: Person | None, acts: Sequence[Act]) -> bool:
    """Who asked for it; and a head, since who asked may be gone while nobody else can preside."""
    if person is None:
        return False
    return person["id"] == meeting.submitted_by or (
        "head" in person["roles"] and person["id"] not in recused(acts)
    )


def withdraw_deliberation(*, no: str, person: Person, actor: Actor) -> Deliberation:
    """Raises AlreadyHandled, NotPermitted."""
    with writing() as unit:
        case, meeting = locked_meeting(no)
        if not may_withdraw(meeting, person, list(case.acts.all())):
            raise NotPermitted("由提请人或者没有回避的负责人撤回。")
        meeting.version += 1
        meeting.state, meeting.closed_at = WITHDRAWN, clock.now()
        unit.log(type="deliberation_withdrawn", actor=actor, agency=case.organ_id, rows=[meeting])
        meeting.save()
    return meeting
