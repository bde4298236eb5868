"""Measures at the desk: all that stand with the days left; those of a case with their things."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import proposal_words, refusal
from yifa.casework.cases.queries import acts_of, get_case
from yifa.casework.cases.views import organ_code_of, staff_no_of, unknown
from yifa.casework.measures import actions
from yifa.casework.measures.errors import MeasureError
from yifa.casework.measures.papers import GIVEN_BACK
from yifa.casework.measures.queries import MOST, Held, all_held, held_in
from yifa.law.events import KINDS
from yifa.law.labels import label
from yifa.law.measures import MEASURE
from yifa.ledger import clock
from yifa.ledger.actions import Actor
from yifa.listing.errors import Problem
from yifa.listing.exports import BOM, Line, neutral
from yifa.registry.people.queries import staff_of

STATES = {"standing": "还在保管", "late": "超过期限", "all": "全部"}
HEADS = ("案件", "当事人", "措施", "编号", "实施日期", "期限", "状态", "物品")
WORDS = {
    "name": ("物品名称", 200, True), "specification": ("规格型号", 200, False), "quantity": ("数量和单位", 60, True),
    "condition": ("现状", 300, False), "place": ("存放地点", 300, True),
}  # fmt: skip
BY_FAMILY = {
    MEASURE: ("measure_extended", "measure_lifted"), "preservation": ("preservation_disposed",),
}  # fmt: skip


@login_required
@require_safe
def list_measures(request: HttpRequest, kind: str = "") -> HttpResponse:
    """All measures within reach: `?state=standing|late|all`. As page, CSV or JSON."""
    found, more = all_held(organ_code_of(request), getattr(request, "reach", None), clock.now())
    chosen = {
        "standing": [one for one in found if one.hold.standing], "late": [one for one in found if one.hold.late], "all": found,
    }  # fmt: skip
    state = request.GET.get("state", "standing")
    state = state if state in STATES else "standing"
    if kind:
        return {"csv": as_csv, "json": as_json}[kind](chosen[state])
    context = {
        "rows": [shown(one) for one in chosen[state]], "more": more, "most": MOST, "state": state,
        "states": [(key, words, len(chosen[key]), key == state) for key, words in STATES.items()],
    }  # fmt: skip
    return render(request, "measures/measures.html", context)


def shown(one: Held) -> dict[str, Any]:
    hold = one.hold
    kind = (
        label("measure", hold.order.data["measure"])
        if hold.family == MEASURE
        else KINDS["preservation_ordered"].label
    )
    ended = "measure_outcome" if hold.family == MEASURE else "preservation_outcome"
    return {
        "held": one, "hold": hold, "case": one.case, "kind": kind, "items": "、".join(hold.items),
        "outcome": label(ended, hold.ended.data["outcome"]) if hold.ended else "",
        "goes_back": hold.ended is None or hold.ended.data["outcome"] == GIVEN_BACK,
    }  # fmt: skip


def state_words(row: Mapping[str, Any]) -> str:
    return row["held"].due.words if row["hold"].standing else row["outcome"]


def as_csv(found: list[Held]) -> HttpResponse:
    writer = csv.writer(Line())
    lines = [BOM + writer.writerow(HEADS)]
    for row in map(shown, found):
        hold = row["hold"]
        cells = [
            row["case"].no, row["case"].party_name, row["kind"], hold.id, hold.order.day.isoformat(),
            hold.deadline.due_on.isoformat(), state_words(row), row["items"],
        ]  # fmt: skip
        lines.append(writer.writerow([neutral(cell) for cell in cells]))
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="measures.csv"'
    return answer


def as_json(found: list[Held]) -> HttpResponse:
    rows = [
        {
            "case": one.case.no, "family": one.hold.family, "id": one.hold.id, "ordered_on": one.hold.order.day,
            "due_on": one.hold.deadline.due_on, "standing": one.hold.standing, "late": one.hold.late,
        }
        for one in found
    ]  # fmt: skip
    return JsonResponse({"rows": rows, "count": len(rows)}, json_dumps_params={"ensure_ascii": False})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, no: str) -> HttpResponse:
    """The measures of a case; POST lists a thing (`do=list`) or its return (`do=return`)."""
    organ = organ_code_of(request)
    try:
        case = get_case(organ, no)
    except UnknownCase:
        return unknown(request, no)
    person = logged_in(staff_of(organ), staff_no_of(request), request.user.roles)
    if request.method != "POST":
        return page(request, case, person)
    refused = refusal("measure_lifted", person, case, acts_of(case))
    if refused or person is None:
        return page(request, case, person, said=refused or "", status=403)
    return (back_again if request.POST.get("do") == "return" else listed)(request, case, person)


def listed(request: HttpRequest, case: Case, person: Mapping[str, Any]) -> HttpResponse:
    typed = {name: tidy(request.POST.get(name, "")) for name in WORDS}
    wrong = {}
    for name, (title, longest, must) in WORDS.items():
        said = fault(title, typed[name], longest)
        if must and not typed[name]:
            said = gettext("请填写“%(label)s”。") % {"label": gettext(title)}
        if said:
            wrong[name] = said
    if wrong:
        return page(request, case, person, wrong=wrong, status=422)
    try:
        actions.list_item(
            case=case, family=request.POST.get("family", ""), measure=request.POST.get("measure", ""), by=person["id"],
            actor=actor_of(request, case), **typed,
        )  # fmt: skip
    except MeasureError as error:
        return page(request, case, person, said=str(error), status=409)
    return done(case, "listed")


def back_again(request: HttpRequest, case: Case, person: Mapping[str, Any]) -> HttpResponse:
    wrong, on = {}, None
    to = tidy(request.POST.get("returned_to", ""))
    try:
        on = date.fromisoformat(request.POST.get("returned_on", "").strip())
    except ValueError:
        wrong["returned_on"] = gettext("请填写退还日期，写成 2026-11-23 的样子。")
    if on and on > clock.today():
        wrong["returned_on"] = gettext("退还日期晚于今天。")
    if said := fault(gettext("领取人"), to, 200) or ("" if to else gettext("请填写领取人。")):
        wrong["returned_to"] = said
    if wrong or on is None:
        return page(request, case, person, wrong=wrong, status=422)
    try:
        actions.return_item(
            case=case, no=request.POST.get("item", ""), returned_on=on, returned_to=to, by=person["id"],
            actor=actor_of(request, case),
        )  # fmt: skip
    except MeasureError as error:
        return page(request, case, person, said=str(error), status=409)
    return done(case, "returned")


def actor_of(request: HttpRequest, case: Case) -> Actor:
    return Actor(id=f"user:{request.user.pk}", role="handler", organ=case.organ_id)


def done(case: Case, what: str) -> HttpResponse:
    answer = redirect(f"{reverse('measures-of-case', args=[case.no])}?done={what}")
    answer.status_code = 303
    return answer


def page(
    request: HttpRequest, case: Case, person: Mapping[str, Any] | None, *, wrong: dict[str, str] | None = None, said: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    acts = acts_of(case)
    found = [
        {**shown(one), "acts": [step(kind, person, case, acts) for kind in BY_FAMILY[one.hold.family]] if one.hold.standing else []}
        for one in held_in(case, clock.now())
    ]  # fmt: skip
    wrong, chosen = wrong or {}, (request.POST.get("family"), request.POST.get("measure"))
    context = {
        "case": case, "found": found, "said": said, "wrong": wrong, "typed": request.POST, "done": request.GET.get("done", ""),
        "problems": [(Problem(name, words), True) for name, words in wrong.items()],
        "may_list": refusal("measure_lifted", person, case, acts) is None,
        "order": [step(kind, person, case, acts) for kind in ("measure_ordered", "preservation_ordered")],
        "fields": [(name, title, must) for name, (title, _, must) in WORDS.items()], "item": request.POST.get("item", ""),
        "chosen": "/".join(part or "" for part in chosen), "today": clock.today().isoformat(),
    }  # fmt: skip
    return render(request, "measures/of_case.html", context, status=status)


def step(kind: str, person: Mapping[str, Any] | None, case: Case, acts: list) -> dict[str, str]:
    """An act of the case as offered here: recorded, or brought before who approves."""
    return {
        "slug": kind.replace("_", "-"), "label": KINDS[kind].label, "refused": refusal(kind, person, case, acts) or "",
        "propose": proposal_words(kind, person, case, acts),
    }  # fmt: skip
