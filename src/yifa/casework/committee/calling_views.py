"""The meetings of the committee, and calling one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.forms.controls import Control
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.views import staff_no_of
from yifa.casework.committee import actions, queries
from yifa.casework.committee.actions.calling import HEADS_ONLY
from yifa.casework.committee.errors import NotPermitted
from yifa.casework.proposals.actions.deliberating import MEMBER_ROLES
from yifa.ledger.actions import Actor, actor_of
from yifa.ledger.clock import now
from yifa.ledger.repeated import Repeated
from yifa.ledger.written import written_moment
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.people.queries import staff_of

NOBODY: dict[str, Any] = {"id": "", "roles": [], "name": ""}
Wrong = dict[str, str]


def person_of(request: HttpRequest) -> dict[str, Any]:
    """Who is logged in; a person without roles where the account stands for nobody."""
    staff = staff_of(organ_code_of(request))
    return logged_in(staff, staff_no_of(request), request.user.roles) or NOBODY


def actor_here(request: HttpRequest, person: dict[str, Any]) -> Actor:
    role = "head" if "head" in person["roles"] else "committee"
    return actor_of(request.user, role=role, organ=organ_code_of(request))


@login_required
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings, the latest first."""
    found = queries.meetings(organ_code_of(request), getattr(request, "reach", None))
    context = {"meetings": found, "may_call": "head" in person_of(request)["roles"]}
    return render(request, "committee/meetings.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """When, where, who; the agenda follows on the page of the meeting."""
    person = person_of(request)
    if "head" not in person["roles"]:
        return page(request, status=403, refused=HEADS_ONLY)
    if request.method != "POST":
        return page(request)
    wrong: Wrong = {}
    plan = read_plan(request, wrong)
    if wrong:
        return page(request, status=422, wrong=wrong)
    try:
        made = actions.call(
            organ=organ_code_of(request), plan=plan, person=person, actor=actor_here(request, person),
            again=request.POST.get("again", ""),
        )  # fmt: skip
    except Repeated as twin:
        request.sent_again = twin.key  # type: ignore[attr-defined]
        return page(request, status=409)
    except NotPermitted as error:
        return page(request, status=422, wrong={"members": str(error)})
    return see_other(f"{reverse('committee-meeting', args=[made.no])}?done=called")


def read_plan(request: HttpRequest, wrong: Wrong) -> actions.Plan:
    typed = request.POST
    place, members = tidy(typed.get("place", "")), list(dict.fromkeys(typed.getlist("members")))
    try:
        at = written_moment(typed.get("starts_at", "").strip())
    except ValueError:
        at = now()
        wrong["starts_at"] = "请填写会议时间，写成 2026-11-23 09:30 的样子。"
    if not place or len(place) > 200:
        wrong["place"] = "请填写会议地点，不超过 200 个字。"
    elif said := fault("会议地点", place, 200):
        wrong["place"] = said
    if not members:
        wrong["members"] = "请勾选参加会议的人员。"
    if typed.get("chaired_by") not in members:
        wrong["chaired_by"] = "请选择主持人：应当是勾选参加的负责人。"
    return actions.Plan(starts_at=at, place=place, members=members, chaired_by=typed.get("chaired_by", ""))


def page(
    request: HttpRequest, *, status: int = 200, wrong: Wrong | None = None, refused: str = ""
) -> HttpResponse:
    wrong, typed = wrong or {}, request.POST
    staff = staff_of(organ_code_of(request))
    people = [(key, one["name"]) for key, one in staff.items() if MEMBER_ROLES & set(one["roles"])]
    heads = [(key, name) for key, name in people if "head" in staff[key]["roles"]]
    chosen = typed.getlist("members") if request.method == "POST" else [key for key, _ in people]
    shown = [] if refused else [
        Control("starts_at", "会议时间", "datetime", (typed.get("starts_at", now().strftime("%Y-%m-%dT14:00")),), required=True,
                error=wrong.get("starts_at", "")),
        Control("place", "会议地点", "text", (typed.get("place", ""),), required=True, error=wrong.get("place", "")),
        Control("members", "参加人员", "checks", tuple(chosen), tuple(people), required=True,
                hint="办理过某案的，讨论该案时自动不计入", error=wrong.get("members", "")),
        Control("chaired_by", "主持人", "select", (typed.get("chaired_by", ""),), (("", "请选择"), *heads), required=True,
                hint="最后发言、最后表决", error=wrong.get("chaired_by", "")),
    ]  # fmt: skip
    context = {
        "controls": shown,
        "refused": refused,
        "problems": [(Problem(name, words), True) for name, words in wrong.items()],
    }
    return render(request, "committee/new.html", context, status=status)
