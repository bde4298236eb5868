"""Proposing an act: the form of the act without what belongs to who confirms, and to whom it goes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.forms import Control, controls, first_values, from_record, read_event
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.offered import kind_of, ways
from yifa.casework.cases.permissions import WHOSE, confirmer_role
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.proposals import deliberation_views
from yifa.casework.proposals.actions import Draft, submit
from yifa.casework.proposals.asking import recipients, require_lawful
from yifa.casework.proposals.errors import ProposalError
from yifa.casework.proposals.models import OPEN, Proposal
from yifa.law.procedure import OFFERS, Reason
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import now
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem

ARCHIVED = "案件已经归档，此后只能记录救济、公示和恢复办理。需要继续办理的，先恢复办理。"
MOVED = "本案刚刚有新的办理记录，没有提交。请重新核对后再提交；您填写的内容还在下面。"
NOT_TYPED = ("csrfmiddlewaretoken", "expected", "again")
MESSAGE_LIMIT = 2000


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, no: str, slug: str) -> HttpResponse:
    """The form to fill in and address; posted, a proposal (303), or why not (409, 422)."""
    kind = kind_of(slug)
    organ, who, at = organ_code_of(request), staff_no_of(request), now()
    try:
        what = doing(organ, no, kind, who, request.user.roles, at, mode="propose")
    except UnknownCase:
        return unknown(request, no)
    except KeyError:
        return render(request, "cases/unknown_act.html", {"no": no}, status=404)
    if what.refused:
        return page(request, what, QueryDict(), status=403, refused=what.refused)
    if kind == "deliberated":
        return deliberation_views.ask(request, what)
    return post(request, what) if request.method == "POST" else form(request, what)


def form(request: HttpRequest, what: Doing) -> HttpResponse:
    """The empty form, or the one sent back; a blocked act shows its reasons; one that waits already, its own page."""
    waiting = Proposal.objects.filter(case=what.case, kind=what.kind, state=OPEN).first()
    if waiting:
        return redirect("proposal", no=waiting.no)
    typed = first_values(what, request.GET.get("id", ""))
    before = sent_back(what, request.GET.get("again", ""))
    if before and what.person and before.submitted_by == what.person["id"]:
        for name, values in before.typed.items():
            typed.setlist(name, values)
        typed["again"] = before.no
    if what.archived():
        return page(request, what, typed, status=409, refused=ARCHIVED)
    blocked = what.blocked()
    if blocked:
        return page(request, what, typed, status=409, blocked=blocked, closed=not what.may_be_lifted)
    return page(request, what, typed)


def sent_back(what: Doing, no: str) -> Proposal | None:
    """The proposal of this kind that is submitted anew; None where no number names one."""
    if not no or "\x00" in no:
        return None
    return Proposal.objects.filter(no=no, case=what.case, kind=what.kind).first()


def post(request: HttpRequest, what: Doing) -> HttpResponse:
    typed = request.POST
    event, problems = read_event(what, typed)
    known = dict(recipients(what))
    to = typed.get("to_person", "")
    if to and to not in known:
        problems["to_person"] = "这个人不能确认这一件，请从列表中选择。"
    if not known:
        problems["to_person"] = gettext(
            "本案没有可以确认的%(role)s：都办理过本案、已经回避，或者没有登记。"
        ) % {"role": role_words(what)}
    message, again = tidy(typed.get("message", "")), typed.get("again", "").replace("\x00", "")
    if len(message) > MESSAGE_LIMIT:
        problems["message"] = gettext("说明太长，最多 %(longest)s 个字。") % {"longest": MESSAGE_LIMIT}
    elif said := fault("说明", message, MESSAGE_LIMIT):
        problems["message"] = said
    if typed.get("expected") != str(what.case.act_count):
        return page(request, what, typed, status=409, said=MOVED)
    if problems:
        return page(request, what, typed, status=422, problems=problems)
    draft = Draft(
        kind=what.kind, event=event, to_person=to, message=message,
        typed=kept(typed),
    )  # fmt: skip
    actor = actor_of(request.user, role="handler", organ=what.case.organ_id)
    try:
        require_lawful(what, event, to or next(iter(known)))
        proposal = submit(
            case_no=what.case.no, draft=draft, person=what.person or {}, actor=actor, expected=what.case.act_count,
            again=again,
        )  # fmt: skip
    except InvalidAct as error:
        return page(request, what, typed, status=422, problems=from_record(error.problems))
    except StepRefused as error:
        return page(request, what, typed, status=409, blocked=what.explained(error.findings))
    except StaleEdition:
        return page(request, what, typed, status=409, said=MOVED)
    except ProposalError as error:
        return page(request, what, typed, status=409, said=str(error))
    return see_other(f"{reverse('proposal', args=[proposal.no])}?done=submitted")


def kept(typed: QueryDict) -> dict[str, list[str]]:
    """What stands in the form again where it is sent back; what no control of it holds may be anything at all."""
    found = {name: values for name, values in typed.lists() if name not in NOT_TYPED}
    return {name: values for name, values in found.items() if "\x00" not in "".join([name, *values])}


def role_words(what: Doing) -> str:
    return gettext(WHOSE[confirmer_role(what.kind)])


def addressed(what: Doing, typed: QueryDict, wrong: dict[str, str]) -> list[Control]:
    """To whom it goes, and the words that go with it."""
    found = recipients(what)
    anyone = ("", gettext("任一%(role)s") % {"role": role_words(what)})
    to = Control(
        "to_person", "送给", "select", tuple(typed.getlist("to_person")), (anyone, *found), (), True,
        "不指定的，列表中先处理的一人确认", wrong.get("to_person", ""),
    )  # fmt: skip
    message = Control(
        "message", "说明", "textarea", tuple(typed.getlist("message")), hint="给确认人看，不写入办案记录",
        error=wrong.get("message", ""),
    )  # fmt: skip
    return [to, message]


def page(
    request: HttpRequest,
    what: Doing,
    typed: QueryDict,
    *,
    status: int = 200,
    problems: dict[str, str] | None = None,
    blocked: list[Reason] | None = None,
    refused: str = "",
    said: str = "",
    closed: bool = False,
) -> HttpResponse:
    """The form. `refused`: not at all, no form; `closed`: blocked, no form; `said`: not submitted, and why."""
    wrong = problems or {}
    shown = [] if refused or closed else [*controls(what, typed, wrong), *addressed(what, typed, wrong)]
    names = {control.name for control in shown}
    context: dict[str, Any] = {
        "doing": what, "words": what.proposal_words or "提交审批", "whose": WHOSE[confirmer_role(what.kind)],
        "offer": OFFERS[what.case.procedure].get(what.kind), "controls": shown, "ways": ways(blocked or ()),
        "refused": refused, "said": said, "sent": request.method == "POST", "again": typed.get("again", ""),
        "problems": [(Problem(name, message), name in names) for name, message in wrong.items()],
    }  # fmt: skip
    return render(request, "proposals/propose.html", context, status=status)
