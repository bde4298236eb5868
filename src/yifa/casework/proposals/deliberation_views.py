"""Collective deliberation at the desk: ask for it, vote for oneself, the chair last, and close it into one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused
from yifa.casework.cases.forms import Control
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.offered import ways
from yifa.casework.cases.permissions import recused
from yifa.casework.cases.views import staff_no_of
from yifa.casework.proposals import actions
from yifa.casework.proposals.actions.deliberating import (
    may_withdraw,
    member_refusal,
    sitting_members,
    vote_refusal,
)
from yifa.casework.proposals.errors import NotPermitted, ProposalError
from yifa.casework.proposals.models import DELIBERATING, RECUSED_VOTE, VOTES, Deliberation
from yifa.law.procedure import OFFERS
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import SHANGHAI, now
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem

STATES = {DELIBERATING: "正在表决", "closed": "已结束，已记录", "withdrawn": "已撤回"}
DONE = {
    "asked": "已提请。参加人员会在待办中看到，各自登录表决；主持人最后表决并确认。",
    "voted": "您的表决已经记下，不能更改。",
    "withdrawn": "已撤回。",
}
LONGEST = 4000


def ask(request: HttpRequest, what: Doing) -> HttpResponse:
    """The form: the question, who takes part, who presides."""
    blocked = [] if what.archived() else what.blocked()
    if what.archived() or blocked:
        return asking_page(
            request, what, status=409, blocked=blocked, said="" if blocked else "案件已经归档。", closed=True
        )
    if request.method != "POST":
        going_on = Deliberation.objects.filter(case=what.case, state=DELIBERATING).first()
        return redirect("deliberation", no=going_on.no) if going_on else asking_page(request, what)
    typed, problems = request.POST, {}
    # a member posted twice is one member: counted twice, he would weigh double in the quorum
    members, chair = list(dict.fromkeys(typed.getlist("members"))), typed.get("chair", "")
    known = dict(candidates(what))
    if not members or any(one not in known for one in members):
        problems["members"] = "请勾选参加讨论的人员。"
    if chair not in members or chair not in known or "head" not in what.staff[chair]["roles"]:
        problems["chair"] = "请选择主持人：应当是勾选参加的负责人。"
    question = tidy(typed.get("question", ""))
    if not question or len(question) > LONGEST:
        problems["question"] = gettext("请写明讨论的问题和承办意见，不超过 %(longest)s 个字。") % {
            "longest": LONGEST
        }
    elif said := fault("讨论的问题", question, LONGEST):
        problems["question"] = said
    if problems:
        return asking_page(request, what, status=422, problems=problems)
    if typed.get("expected") != str(what.case.act_count):
        return asking_page(request, what, status=409, said="本案刚刚有新的办理记录，请重新核对后再提请。")
    actor = actor_of(request.user, role="handler", organ=what.case.organ_id)
    try:
        meeting = actions.ask_deliberation(
            case_no=what.case.no, question=question, members=members, chair=chair, person=what.person or {},
            actor=actor, expected=what.case.act_count,
        )  # fmt: skip
    except (ProposalError, StaleEdition) as error:
        return asking_page(request, what, status=409, said=str(error))
    return to_page(meeting, "asked")


def candidates(what: Doing) -> list[tuple[str, str]]:
    return [
        (
            key,
            f"{person['name']}{gettext('（负责人）') if 'head' in person['roles'] else gettext('（案审委员）')}",
        )
        for key, person in what.staff.items()
        if member_refusal(person, what.acts) is None
    ]


def asking_page(
    request: HttpRequest, what: Doing, *, status: int = 200, problems: dict[str, str] | None = None,
    blocked: Any = (), said: str = "", closed: bool = False,
) -> HttpResponse:  # fmt: skip
    wrong, typed = problems or {}, request.POST
    people = candidates(what)
    heads = [one for one in people if "head" in what.staff[one[0]]["roles"]]
    chosen = typed.getlist("members") if request.method == "POST" else [key for key, _ in people]
    shown = [] if closed else [
        Control("question", "讨论的问题", "textarea", (typed.get("question", ""),), required=True,
                hint="案情、争议和承办意见", error=wrong.get("question", "")),
        Control("members", "参加人员", "checks", tuple(chosen), tuple(people), required=True,
                hint="办理过本案的、已经回避的不在其中；须有过半数负责人参加", error=wrong.get("members", "")),
        Control("chair", "主持人", "select", (typed.get("chair", ""),), (("", "请选择"), *heads), required=True,
                hint="最后表决，并确认结果", error=wrong.get("chair", "")),
    ]  # fmt: skip
    context = {
        "doing": what, "words": what.proposal_words, "sitting": True, "offer": OFFERS[what.case.procedure].get("deliberated"),
        "controls": shown, "ways": ways(blocked), "refused": "", "said": said, "sent": request.method == "POST",
        "problems": [(Problem(name, message), True) for name, message in wrong.items()],
    }  # fmt: skip
    return render(request, "proposals/propose.html", context, status=status)


def to_page(meeting: Deliberation, done: str) -> HttpResponse:
    return see_other(f"{reverse('deliberation', args=[meeting.no])}?done={done}")


@dataclass(frozen=True)
class Sitting:
    """A deliberation as one log-in sees it. `no_vote`: why he may not vote; empty where he may."""

    meeting: Deliberation
    doing: Doing
    no_vote: str

    @property
    def open(self) -> bool:
        return self.meeting.state == DELIBERATING

    @property
    def state(self) -> str:
        return STATES[self.meeting.state]

    def name(self, who: str) -> str:
        return self.doing.names.get(who, who)

    @property
    def chair(self) -> str:
        return self.name(self.meeting.chaired_by)

    @property
    def me(self) -> str:
        return self.doing.person["id"] if self.doing.person else ""

    @property
    def waiting(self) -> list[str]:
        """Names of those who have not voted, the chair last."""
        voted = {one.person for one in self.meeting.votes.all()}
        left = [who for who in sitting_members(self.meeting, self.doing.acts) if who not in voted]
        return [self.name(who) for who in sorted(left, key=lambda who: who == self.meeting.chaired_by)]

    @property
    def may_close(self) -> bool:
        chairs = self.me == self.meeting.chaired_by and self.me in sitting_members(
            self.meeting, self.doing.acts
        )
        return self.open and chairs and not self.waiting

    @property
    def may_withdraw(self) -> bool:
        return self.open and may_withdraw(self.meeting, self.doing.person, self.doing.acts)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One line a member in the order of speaking; his vote where it is cast."""
        cast = {one.person: one for one in self.meeting.votes.all()}
        order = sorted(self.meeting.members, key=lambda who: who == self.meeting.chaired_by)
        return [
            {
                "name": self.name(who), "chair": who == self.meeting.chaired_by,
                "vote": VOTES[cast[who].vote] if who in cast else "", "reason": cast[who].reason if who in cast else "",
                "at": cast[who].at.astimezone(SHANGHAI) if who in cast else None,
            }
            for who in order
        ]  # fmt: skip

    @property
    def tally(self) -> str:
        found = [one.vote for one in self.meeting.votes.all()]
        return "，".join(
            f"{gettext(words)} {found.count(key)}" for key, words in VOTES.items() if key in found
        )


def sitting(request: HttpRequest, meeting: Deliberation) -> Sitting:
    what = doing(
        meeting.organ_id, meeting.case_id, "deliberated", staff_no_of(request), request.user.roles, now()
    )
    return Sitting(meeting, what, vote_refusal(meeting, what.person, what.acts) or "")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deliberation(request: HttpRequest, no: str) -> HttpResponse:
    """GET reads; POST votes, closes or withdraws (303), or says why not (403, 409, 422)."""
    found = Deliberation.objects.filter(organ_id=organ_code_of(request), no=no).first()
    if found is None:
        return render(request, "proposals/unknown.html", {"no": no}, status=404)
    seen = sitting(request, found)
    if request.method != "POST":
        return page(request, seen)
    try:
        return DEEDS.get(request.POST.get("do", ""), page)(request, seen)
    except NotPermitted as error:
        return page(request, sitting(request, found), status=403, said=str(error))
    except ProposalError as error:
        again = Deliberation.objects.get(no=found.no)
        return page(request, sitting(request, again), status=409, said=str(error))


def cast(request: HttpRequest, seen: Sitting) -> HttpResponse:
    choice, reason = request.POST.get("vote", ""), tidy(request.POST.get("vote_reason", ""))
    problems = {}
    if choice not in VOTES:
        problems["vote"] = "请选择同意、反对、弃权或者回避。"
    if not reason or len(reason) > LONGEST:
        problems["vote_reason"] = "请写明理由：讨论记录要记明各人的意见。"
    elif said := fault("理由", reason, LONGEST):
        problems["vote_reason"] = said
    if problems and not seen.no_vote:
        return page(request, seen, status=422, problems=problems)
    if seen.no_vote:
        raise NotPermitted(seen.no_vote) if seen.open else ProposalError("这次集体讨论已经结束或者撤回。")
    role = "head" if "head" in (seen.doing.person or {})["roles"] else "committee"
    actions.vote(
        no=seen.meeting.no, person=seen.doing.person or {}, choice=choice, reason=reason,
        actor=actor_of(request.user, role=role, organ=seen.meeting.organ_id),
    )  # fmt: skip
    return to_page(seen.meeting, "voted")


def close(request: HttpRequest, seen: Sitting) -> HttpResponse:
    if request.POST.get("expected") != str(seen.doing.case.act_count):
        return page(request, seen, status=409, said="本案刚刚有新的办理记录，没有确认。请重新核对后再确认。")
    try:
        act = actions.close_deliberation(
            no=seen.meeting.no, person=seen.doing.person or {"id": ""}, expected=seen.doing.case.act_count,
            actor=actor_of(request.user, role="head", organ=seen.meeting.organ_id),
        )  # fmt: skip
    except StepRefused as error:
        return page(request, seen, status=409, blocked=ways(seen.doing.explained(error.findings)))
    except InvalidAct as error:
        return page(request, seen, status=409, said="；".join(error.problems))
    return see_other(f"{reverse('case', args=[seen.meeting.case_id])}?recorded={act.seq}")


def withdraw(request: HttpRequest, seen: Sitting) -> HttpResponse:
    person = seen.doing.person or {"id": ""}
    actor = actor_of(request.user, role="handler", organ=seen.meeting.organ_id)
    actions.withdraw_deliberation(no=seen.meeting.no, person=person, actor=actor)
    return to_page(seen.meeting, "withdrawn")


DEEDS = {"vote": cast, "close": close, "withdraw": withdraw}


def page(
    request: HttpRequest, seen: Sitting, *, status: int = 200, problems: dict[str, str] | None = None,
    said: str = "", blocked: Any = (),
) -> HttpResponse:  # fmt: skip
    wrong, typed = problems or {}, request.POST
    options = tuple(
        (key, "申请本人回避，不参加表决" if key == RECUSED_VOTE else words) for key, words in VOTES.items()
    )
    shown = [] if seen.no_vote or not seen.open else [
        Control("vote", "您的表决", "radio", (typed.get("vote", ""),), options, required=True, error=wrong.get("vote", "")),
        Control("vote_reason", "理由", "textarea", (typed.get("vote_reason", ""),), required=True,
                hint="记入讨论记录", error=wrong.get("vote_reason", "")),
    ]  # fmt: skip
    context = {
        "seen": seen, "controls": shown, "said": said, "ways": blocked,
        "recused": [seen.name(who) for who in seen.meeting.members if who in recused(seen.doing.acts)],
        "notice": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "problems": [(Problem(name, message), True) for name, message in wrong.items()],
    }  # fmt: skip
    return render(request, "proposals/deliberation.html", context, status=status)
