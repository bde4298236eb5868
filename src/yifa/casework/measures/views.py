"""Measures at the desk: all that stand with the days left; those of a case with their things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import proposal_words, refusal
from yifa.casework.cases.queries import acts_of, get_case
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.measures import actions
from yifa.casework.measures.errors import MeasureError
from yifa.casework.measures.papers import GIVEN_BACK
from yifa.casework.measures.queries import Held, held_in
from yifa.law.events import KINDS
from yifa.law.labels import label
from yifa.law.measures import MEASURE
from yifa.ledger import clock
from yifa.ledger.actions import actor_of
from yifa.ledger.repeated import Repeated
from yifa.ledger.written import written_day
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.people.queries import staff_of

WORDS = {
    "name": ("物品名称", 200, True), "specification": ("规格型号", 200, False), "quantity": ("数量和单位", 60, True),
    "condition": ("现状", 300, False), "place": ("存放地点", 300, True),
}  # fmt: skip
BY_FAMILY = {
    MEASURE: ("measure_extended", "measure_lifted"), "preservation": ("preservation_disposed",),
}  # fmt: skip


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
            case=case, family=request.POST.get("family", ""), measure=request.POST.get("measure", ""), by=person["id"], again=request.POST.get("again", ""),
            actor=actor_of(request.user, role="handler", organ=case.organ_id), **typed,
        )  # fmt: skip
    except Repeated as twin:
        request.sent_again = twin.key  # type: ignore[attr-defined]
        return page(request, case, person, status=409)
    except MeasureError as error:
        return page(request, case, person, said=str(error), status=409)
    return done(case, "listed")


def back_again(request: HttpRequest, case: Case, person: Mapping[str, Any]) -> HttpResponse:
    wrong, on = {}, None
    to, item = tidy(request.POST.get("returned_to", "")), request.POST.get("item", "")
    try:
        on = written_day(request.POST.get("returned_on", "").strip())
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
            case=case, no="" if "\x00" in item else item, returned_on=on, returned_to=to, by=person["id"],
            actor=actor_of(request.user, role="handler", organ=case.organ_id),
        )  # fmt: skip
    except MeasureError as error:
        return page(request, case, person, said=str(error), status=409)
    return done(case, "returned")


def done(case: Case, what: str) -> HttpResponse:
    return see_other(f"{reverse('measures-of-case', args=[case.no])}?done={what}")


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
