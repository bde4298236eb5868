"""Execution at the desk: who owes what, one case with its steps, the additional fine charged as counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.models import Case
from yifa.casework.cases.offered import slug_of
from yifa.casework.cases.permissions import proposal_words, refusal
from yifa.casework.cases.queries import get_case
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.execution import plan_views
from yifa.casework.execution.actions import charge_additional_fine
from yifa.casework.execution.errors import ExecutionError
from yifa.casework.execution.queries import (
    Execution,
    execution_of,
)
from yifa.law.events import KINDS
from yifa.law.execution.steps import DONE, NOW
from yifa.law.labels import label
from yifa.ledger import clock
from yifa.ledger.actions import actor_of
from yifa.ledger.written import written_day
from yifa.listing.columns import yuan
from yifa.listing.desk import organ_code_of, see_other
from yifa.registry.people.queries import staff_of

PAPERS = {
    "demand_served": "demand_notice",
    "court_execution_requested": "court_application",
    "deferral_approved": "deferral",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def execution(request: HttpRequest, no: str) -> HttpResponse:
    """One case after its decision, as of today or `?on=` another day; POST charges the additional fine counted today."""
    organ = organ_code_of(request)
    try:
        case = get_case(organ, no)
    except UnknownCase:
        return unknown(request, no)
    if request.method == "POST":
        return plan(request, case) if request.POST.get("do") == "plan" else charge(request, case)
    text = request.GET.get("on", "").strip()
    try:
        on = written_day(text) if text else None
    except ValueError:
        return page(
            request,
            case,
            wrong=gettext("“%(text)s”不是日期，请写成 2026-11-23 的样子。") % {"text": text[:30]},
            status=422,
        )
    return page(request, case, on=on)


def charge(request: HttpRequest, case: Case) -> HttpResponse:
    person = person_of(request, case.organ_id)
    acts = execution_of(case, clock.now()).acts
    refused = refusal("additional_fine_charged", person, case, acts)
    if refused or person is None:
        return page(request, case, said=refused or "", status=403)
    expected = request.POST.get("expected", "")
    actor = actor_of(request.user, role="handler", organ=case.organ_id)
    try:
        charge_additional_fine(
            case=case, by=person["id"], expected=int(expected) if expected.isdecimal() else -1, actor=actor
        )
    except (StaleEdition, StepRefused, ExecutionError) as error:
        return page(request, get_case(case.organ_id, case.no), said=str(error), status=409)
    return see_other(f"{reverse('case-execution', args=[case.no])}?done=charged")


def plan(request: HttpRequest, case: Case) -> HttpResponse:
    answer, faults, status = plan_views.post(request, case, person_of(request, case.organ_id))
    return answer or page(request, case, faults=faults, status=status)


def person_of(request: HttpRequest, organ: str) -> Mapping[str, Any] | None:
    return logged_in(staff_of(organ), staff_no_of(request), request.user.roles)


def page(
    request: HttpRequest,
    case: Case,
    *,
    on: date | None = None,
    said: str = "",
    wrong: str = "",
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`on`: a day to reckon for, at its end; nothing is offered for another day than today."""
    at = datetime.combine(on, time(23, 59, 59), clock.SHANGHAI) if on else clock.now()
    found, person = execution_of(case, at), person_of(request, case.organ_id)
    now = found.now
    context = {
        "case": case, "now": now, "on": on, "at": at, "said": said, "wrong": wrong, "typed": request.GET.get("on", ""),
        "done": request.GET.get("done") == "charged" and request.method != "POST",
        "steps": [offered(one, person, found) for one in now.steps] if now else [], "faults": faults,
        "typed_plan": request.POST.get("plan", ""), "planned": request.GET.get("done") == "plan",
        "may_draft": not refusal("fine_collected", person, case, found.acts), **plan_views.shown(found, at.date()),
    }  # fmt: skip
    if now:
        context |= {
            "state": label("payment_state", now.state), "fine": yuan(now.fine_fen), "confiscation": yuan(now.confiscation_fen),
            "owed": yuan(now.owed_fen), "paid": yuan(now.paid_fen), "accrued": yuan(now.accrued_fen),
            "charged": yuan(now.charged_fen), "cap": yuan(now.cap_fen), "over": yuan(now.over_fen) if now.over_fen else "",
            "court": now.steps[-1].state in (NOW, DONE),
            "payments": [(one, yuan(one.amount_fen)) for one in now.payments],
        }  # fmt: skip
    return render(request, "execution/execution.html", context, status=status)


def offered(one: Any, person: Mapping[str, Any] | None, found: Execution) -> dict[str, Any]:
    """A step in words, whose it is, and which paper goes with it."""
    return {
        "step": one, "label": KINDS[one.kind].label, "state": label("step_of_execution", one.state), "slug": slug_of(one.kind),
        "refused": refusal(one.kind, person, found.case, found.acts) or "",
        "propose": proposal_words(one.kind, person, found.case, found.acts), "paper": PAPERS.get(one.kind, ""),
        "charges": one.kind == "additional_fine_charged",
    }  # fmt: skip
