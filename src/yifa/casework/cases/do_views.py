"""Doing an act: the form, why it is blocked, the check before what cannot be undone, and the recording."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.act_words import act_words
from yifa.casework.cases.actions import record_act
from yifa.casework.cases.doing import IRREVERSIBLE, Doing, doing
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.forms import controls, first_values, from_record, read_event
from yifa.casework.cases.models import Act
from yifa.casework.cases.offered import OWN_PAGES, kind_of, slug_of, ways
from yifa.casework.cases.permissions import role_for
from yifa.casework.cases.repeated import same_act
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.law.events import KINDS
from yifa.law.procedure import OFFERS, Reason
from yifa.ledger.actions import Actor, actor_of
from yifa.ledger.clock import SHANGHAI, now
from yifa.listing.desk import kept_typing, organ_code_of, see_other
from yifa.listing.errors import Problem

ARCHIVED = "案件已经归档，此后只能记录救济、公示和恢复办理。需要继续办理的，先恢复办理。"
DISPUTES = ("reconsideration_filed", "reconsideration_decided", "litigation_filed", "litigation_decided")
RECORDED_ON = {**dict.fromkeys(DISPUTES, "case-remedies"), "legality_reviewed": "case-review"}
"""Acts that are recorded on the page of a room that keeps a register beside them."""


@dataclass(frozen=True)
class Around:
    """What a room that records an act on a page of its own shows beside the form: set as `around_act` on the request."""

    template: str = "cases/do.html"
    context: dict[str, Any] = field(default_factory=dict)


NOT_TYPED = ("csrfmiddlewaretoken", "confirmed", "back", "expected")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, no: str, slug: str) -> HttpResponse:
    """One act: GET shows its form or why it is blocked (409), POST records it (303) or says what is wrong."""
    try:
        what = doing(
            organ_code_of(request), no, kind_of(slug), staff_no_of(request), request.user.roles, now()
        )
    except UnknownCase:
        return unknown(request, no)
    except KeyError:
        return render(request, "cases/unknown_act.html", {"no": no}, status=404)
    if what.refused:
        if what.proposal_words and request.method != "POST":
            return redirect("case-propose", no=no, slug=slug)
        return page(request, what, QueryDict(), status=403, refused=what.refused)
    if what.kind in RECORDED_ON:
        own = reverse(RECORDED_ON[what.kind], args=[no])
        return see_other(own) if request.method == "POST" else redirect(own)
    return post(request, what) if request.method == "POST" else form(request, what)


def form(request: HttpRequest, what: Doing) -> HttpResponse:
    """The empty form; a blocked act shows its reasons, and the form only where urgency may justify it."""
    typed = kept_typing(request) or first_values(what, request.GET.get("id", ""))
    if what.archived():
        return page(request, what, typed, status=409, refused=ARCHIVED)
    blocked = what.blocked()
    if blocked:
        return page(request, what, typed, status=409, blocked=blocked, closed=not what.may_be_lifted)
    return page(request, what, typed)


def post(request: HttpRequest, what: Doing) -> HttpResponse:
    typed = request.POST
    if "back" in typed:
        return page(request, what, typed)
    event, problems = read_event(what, typed)
    if typed.get("expected") != str(what.case.act_count):
        return stale(request, what)
    if problems:
        return page(request, what, typed, status=422, problems=problems)
    actor = actor_of(request.user, role=role_for(what.kind), organ=what.case.organ_id)
    try:
        twin = same_act(what.acts, event, actor, what.at)
        if twin is not None and typed.get("again") != str(twin.seq):
            return page(request, what, typed, status=409, moved=told_of(what, twin, "repeated"))
        if what.kind in IRREVERSIBLE and typed.get("confirmed") != "yes":
            return confirm(request, what, event, actor)
        act = record_act(
            case_no=what.case.no, event=event, actor=actor, expected=what.case.act_count,
            entered_late=what.entered_late(event), seen=what.seen,
        )  # fmt: skip
    except StaleEdition:
        return stale(request, again(request, what))
    except InvalidAct as error:
        return page(request, what, typed, status=422, problems=from_record(error.problems))
    except StepRefused as error:
        return page(request, what, typed, status=409, blocked=what.explained(error.findings))
    return see_other(f"{reverse('case', args=[what.case.no])}?recorded={act.seq}")


def again(request: HttpRequest, what: Doing) -> Doing:
    """The same act on the case as it stands now: somebody was faster."""
    return doing(what.case.organ_id, what.case.no, what.kind, staff_no_of(request), request.user.roles, now())


def stale(request: HttpRequest, what: Doing) -> HttpResponse:
    """The case moved while the form was open: who did what, and the form with what was typed."""
    newest = max(what.acts, key=lambda act: act.seq, default=None)
    yours = newest is not None and newest.entered_by == f"user:{request.user.pk}" and newest.kind == what.kind
    moved = newest and told_of(what, newest, "yours" if yours else "")
    return page(request, what, request.POST, status=409, moved=moved or {})


def told_of(what: Doing, act: Act, why: str) -> dict[str, Any]:
    """The act that came before this one. `why`: yours (sent twice at once), repeated (sent again later), or nothing."""
    who = "、".join(what.names.get(who, who) for who in act.by)
    at = act.recorded_at.astimezone(SHANGHAI)
    return {"who": who, "label": KINDS[act.kind].label, "at": at, "seq": act.seq, "why": why}


def confirm(request: HttpRequest, what: Doing, event: dict[str, Any], actor: Actor) -> HttpResponse:
    """What will be recorded, before it is. Raises InvalidAct, StepRefused as the recording would."""
    act = what.foreseen(event, actor)
    kept = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values
    ]
    warnings, unconfirmed = what.weighed(act)
    context = {
        "warnings": warnings, "unconfirmed": unconfirmed,
        "doing": what, "offer": offer_of(what), "late": act.entered_late, "words": act_words(act, what.names), "kept": kept,
        "at": act.at.astimezone(SHANGHAI), "by": "、".join(what.names.get(who, who) for who in act.by),
    }  # fmt: skip
    return render(request, "cases/confirm.html", context)


def offer_of(what: Doing) -> Any:
    return OFFERS[what.case.procedure].get(what.kind)


def page(
    request: HttpRequest,
    what: Doing,
    typed: QueryDict,
    *,
    status: int = 200,
    problems: dict[str, str] | None = None,
    blocked: list[Reason] | None = None,
    moved: dict[str, Any] | None = None,
    refused: str = "",
    closed: bool = False,
) -> HttpResponse:
    """The page of the act. `refused`: not at all, no form; `closed`: blocked, no form; `moved`: who was faster."""
    wrong = problems or {}
    shown = [] if refused or closed else controls(what, typed, wrong)
    names = {control.name for control in shown}
    context = {
        "doing": what, "offer": offer_of(what), "controls": shown, "ways": ways(blocked or ()), "refused": refused,
        "propose": "" if refused or not what.proposal_words else reverse("case-propose", args=[what.case.no, slug_of(what.kind)]),
        "own_page": OWN_PAGES.get(what.kind) and reverse(OWN_PAGES[what.kind], args=[what.case.no]),
        "moved": moved, "sent": request.method == "POST", "problems": [(Problem(name, message), name in names) for name, message in wrong.items()],
    }  # fmt: skip
    around = getattr(request, "around_act", Around())
    return render(request, around.template, {**context, **around.context}, status=status)
