"""A new case: the lead with its head, in one plain form."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.actions import open_case
from yifa.casework.cases.errors import InvalidAct, StepRefused
from yifa.casework.cases.events import is_late, moment
from yifa.casework.cases.forms import from_record
from yifa.casework.cases.forms.lead import first_lead, lead_controls, next_number, read_lead
from yifa.casework.cases.models import Act
from yifa.casework.cases.offered import ways
from yifa.casework.cases.permissions import LEAD_ROLES, NO_PERSON, not_yours
from yifa.casework.cases.repeated import same_lead
from yifa.law.packs import pack
from yifa.law.procedure import Reason, reasons
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import now
from yifa.listing.desk import kept_typing, organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.organs.models import Organ
from yifa.registry.organs.queries import organ_with

TAKEN = {"number": "本机关已经有这个案号的案件，请核对；刚刚提交过的不必再提交。"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; posted, the case with its first act, or what is wrong (422), or why the law refuses it (409)."""
    organ = organ_with(organ_code_of(request))
    person = request.user.person
    if person is None or person.organ_id != organ.code:
        return page(request, organ, QueryDict(), status=403, refused=NO_PERSON)
    if not LEAD_ROLES & set(person.role_keys()):
        return page(request, organ, QueryDict(), status=403, refused=not_yours("lead_registered"))
    at = now()
    if request.method != "POST":
        return page(request, organ, kept_typing(request) or first_lead(organ, at))
    head, event, town, problems = read_lead(organ, pack(organ.territory), request.POST, person.staff_no, at)
    if problems:
        return page(request, organ, request.POST, status=422, problems=problems)
    actor = actor_of(request.user, role=person.role_keys()[0], organ=organ.code)
    twin = same_lead(organ, head, actor, at)
    if twin is not None and head["number"] != next_number(organ, at.year):
        twin = None  # a number somebody chose himself means another case
    if twin is not None and request.POST.get("again") != twin.case_id:
        return page(request, organ, request.POST, status=409, twin=twin)
    try:
        case = open_case(
            organ=organ, head=head, event=event, actor=actor, town=town,
            entered_late=is_late(moment(event), at),
        )  # fmt: skip
    except IntegrityError:
        return page(request, organ, request.POST, status=422, problems=TAKEN)
    except InvalidAct as error:
        return page(request, organ, request.POST, status=422, problems=from_record(error.problems))
    except StepRefused as error:
        blocked = list(reasons(error.findings, "lead_registered"))
        return page(request, organ, request.POST, status=409, blocked=blocked)
    return see_other(f"{reverse('case', args=[case.no])}?recorded=1")


def page(
    request: HttpRequest,
    organ: Organ,
    typed: QueryDict,
    *,
    status: int = 200,
    problems: dict[str, str] | None = None,
    blocked: list[Reason] | None = None,
    refused: str = "",
    twin: Act | None = None,
) -> HttpResponse:
    """The form with what was typed; none where `refused` says why not. `twin`: the same, registered a moment ago."""
    wrong = problems or {}
    shown = [] if refused else lead_controls(pack(organ.territory), typed, wrong)
    names = {control.name for control in shown}
    context = {
        "controls": shown, "refused": refused, "twin": twin, "reasons": ways(blocked or ()),
        "problems": [(Problem(name, message), name in names) for name, message in wrong.items()],
    }  # fmt: skip
    return render(request, "cases/new.html", context, status=status)
