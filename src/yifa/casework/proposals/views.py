"""The page of a proposal: read what will be recorded, then confirm it, return it, withdraw it or remind."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.doing import IRREVERSIBLE
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused
from yifa.casework.cases.forms import controls, from_record, read_event
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.offered import ways
from yifa.casework.cases.permissions import confirmer_role
from yifa.casework.cases.views import staff_no_of
from yifa.casework.proposals import actions
from yifa.casework.proposals.errors import NotPermitted, ProposalError
from yifa.casework.proposals.models import Proposal
from yifa.casework.proposals.queries import PAGES
from yifa.casework.proposals.reading import Reading, read
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import now
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem

DONE = {
    "submitted": "已提交。这还不是办案记录；由确认人本人登录确认后才记录。",
    "returned": "已退回，提交人会在待办中看到。",
    "withdrawn": "已撤回。需要时可以修改后重新提交。",
    "reminded": "已催办，今天不必再催。",
    "too-often": "今天已经催办过一次，明天可以再催。",
}
LONGEST = 2000
NO_REASON = "请写明退回的理由，提交人据此修改。"
MOVED = "本案刚刚有新的办理记录，没有确认。请看下面“提交以后的变化”，重新核对后再确认。"
OWN_PAGE = "法制审核按七项逐项作出结论以后出具意见或者退回，不在这里确认。请打开“按七项审核”。"
NOT_KEPT = ("csrfmiddlewaretoken", "confirmed", "do", "expected", "back")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, no: str) -> HttpResponse:
    """GET reads; POST does one thing with it (303), or says why not (403, 409, 422)."""
    found = Proposal.objects.filter(organ_id=organ_code_of(request), no=no).first()
    if found is None:
        return render(request, "proposals/unknown.html", {"no": no}, status=404)
    reading = reread(request, found)
    if request.method != "POST" or "back" in request.POST:
        return page(request, reading, request.POST)
    if reading.doing.person is None:
        return page(request, reading, request.POST, status=403, said=reading.refused)
    if found.kind in PAGES and request.POST.get("do") in DECIDING:
        return page(request, reading, request.POST, status=409, said=OWN_PAGE)
    try:
        return DEEDS.get(request.POST.get("do", ""), look)(request, reading)
    except NotPermitted as error:
        return page(request, fresh(request, found), request.POST, status=403, said=str(error))
    except ProposalError as error:
        return page(request, fresh(request, found), request.POST, status=409, said=str(error))


def reread(request: HttpRequest, found: Proposal) -> Reading:
    return read(found, found.organ_id, staff_no_of(request), request.user.roles, now())


def fresh(request: HttpRequest, found: Proposal) -> Reading:
    return reread(request, Proposal.objects.get(no=found.no))


def done(reading: Reading, what: str) -> HttpResponse:
    return see_other(f"{reverse('proposal', args=[reading.proposal.no])}?done={what}")


def look(request: HttpRequest, reading: Reading) -> HttpResponse:
    return page(request, reading, request.POST)


def confirm(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Record it. What cannot be undone is shown once more before."""
    said, problems = read_event(reading.doing, request.POST)
    if reading.refused:
        raise NotPermitted(reading.refused)
    if not reading.open:
        return look_again(request, reading)
    if problems:
        return page(request, reading, request.POST, status=422, problems=problems)
    proposal, case = reading.proposal, reading.doing.case
    if request.POST.get("expected") != str(case.act_count):
        return page(request, reading, request.POST, status=409, said=MOVED)
    if reading.ways:
        return page(request, reading, request.POST, status=409)
    if proposal.kind in IRREVERSIBLE and request.POST.get("confirmed") != "yes":
        kept = [(n, v) for n, vs in request.POST.lists() if n not in NOT_KEPT for v in vs]
        return render(request, "proposals/confirm.html", {"reading": reading, "kept": kept})
    said.pop("kind")
    try:
        act = actions.confirm(
            no=proposal.no, person=reading.doing.person or {}, said=said, expected=case.act_count,
            actor=actor_of(request.user, role=confirmer_role(proposal.kind), organ=proposal.organ_id),
        )  # fmt: skip
    except StaleEdition:
        return page(request, fresh(request, proposal), request.POST, status=409, said=MOVED)
    except InvalidAct as error:
        return page(request, reading, request.POST, status=422, problems=from_record(error.problems))
    except StepRefused as error:
        explained = ways(reading.doing.explained(error.findings))
        return page(request, reading, request.POST, status=409, blocked=explained)
    return see_other(f"{reverse('case', args=[case.no])}?recorded={act.seq}")


def look_again(request: HttpRequest, reading: Reading) -> HttpResponse:
    words = gettext("这一件已经处理过了（%(state_words)s），没有再次处理。请看下面的经过。") % {
        "state_words": gettext(reading.proposal.state_words)
    }
    return page(request, reading, request.POST, status=409, said=words)


def send_back(request: HttpRequest, reading: Reading) -> HttpResponse:
    reason = tidy(request.POST.get("reason", ""))
    wrong = fault("退回的理由", reason, LONGEST) if reason else NO_REASON
    if wrong:
        return page(request, reading, request.POST, status=422, problems={"reason": wrong})
    role = confirmer_role(reading.proposal.kind)
    actions.return_proposal(
        no=reading.proposal.no, person=reading.doing.person or {}, reason=reason,
        actor=actor_of(request.user, role=role, organ=reading.proposal.organ_id),
    )  # fmt: skip
    return done(reading, "returned")


def withdraw(request: HttpRequest, reading: Reading) -> HttpResponse:
    actions.withdraw(
        no=reading.proposal.no,
        person=reading.doing.person or {},
        actor=actor_of(request.user, role="handler", organ=reading.proposal.organ_id),
    )
    return done(reading, "withdrawn")


def remind(request: HttpRequest, reading: Reading) -> HttpResponse:
    first = actions.remind(
        no=reading.proposal.no,
        person=reading.doing.person or {},
        actor=actor_of(request.user, role="handler", organ=reading.proposal.organ_id),
    )
    return done(reading, "reminded" if first else "too-often")


DECIDING = ("confirm", "return")
DEEDS = {"confirm": confirm, "return": send_back, "withdraw": withdraw, "remind": remind}


def page(
    request: HttpRequest,
    reading: Reading,
    typed: QueryDict,
    *,
    status: int = 200,
    problems: dict[str, str] | None = None,
    blocked: list[Any] | None = None,
    said: str = "",
) -> HttpResponse:
    wrong = problems or {}
    own_page = PAGES.get(reading.proposal.kind)
    can = reading.open and not reading.refused and not own_page
    shown = controls(reading.doing, typed, wrong) if can else []
    names = {control.name for control in shown} | {"reason"}
    context = {
        "own_page": own_page and reverse(own_page, args=[reading.proposal.no]), "reading": reading, "can": can, "controls": shown, "said": said, "ways": blocked or reading.ways,
        "typed_reason": typed.get("reason", ""), "reason_error": wrong.get("reason", ""),
        "notice": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "problems": [(Problem(name, message), name in names) for name, message in wrong.items()],
    }  # fmt: skip
    return render(request, "proposals/proposal.html", context, status=status)
