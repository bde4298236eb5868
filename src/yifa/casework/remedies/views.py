"""The remedies of a case: until when, what was brought, what came of it; its packs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.clocks import due_day
from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import refusal
from yifa.casework.cases.queries import get_case
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.evidence.errors import FileGone
from yifa.casework.execution.queries import court_step
from yifa.casework.remedies import actions, permissions
from yifa.casework.remedies.errors import RemedyError
from yifa.casework.remedies.models import DisputeKind
from yifa.casework.remedies.packs import COURT, DISPUTE, TITLES, pack_of, streamed
from yifa.casework.remedies.queries import Remedies, remedies_of
from yifa.law.disputes import MEANS, Challenge
from yifa.law.execution.steps import DONE, NOW
from yifa.law.labels import label, labels
from yifa.ledger import clock
from yifa.ledger.actions import actor_of
from yifa.ledger.checkpoints import SigningRefused
from yifa.ledger.written import written_day
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.people.queries import staff_of

KINDS = dict(DisputeKind.choices)
Wrong = dict[str, str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remedies(request: HttpRequest, no: str) -> HttpResponse:
    """GET reads; POST records a dispute (`do=file`) or its outcome (`do=decide`)."""
    organ = organ_code_of(request)
    try:
        case = get_case(organ, no)
    except UnknownCase:
        return unknown(request, no)
    found = remedies_of(case, clock.now())
    person = logged_in(staff_of(organ), staff_no_of(request), request.user.roles)
    if request.method != "POST":
        return page(request, found, person)
    refused = refusal("reconsideration_filed", person, case, found.acts)
    if refused:
        return page(request, found, person, said=refused, status=403)
    wrong: Wrong = {}
    given = (read_outcome if request.POST.get("do") == "decide" else read_dispute)(request, wrong)
    if wrong:
        return page(request, found, person, wrong=wrong, status=422)
    return recorded(request, found, person, given)


def recorded(request: HttpRequest, found: Remedies, person: Any, given: dict[str, Any]) -> HttpResponse:
    deciding = request.POST.get("do") == "decide"
    expected = request.POST.get("expected", "")
    actor = actor_of(request.user, role="handler", organ=found.case.organ_id)
    try:
        (actions.decide_dispute if deciding else actions.file_dispute)(
            case=found.case, expected=int(expected) if expected.isdecimal() else -1, actor=actor, **given
        )
    except (RemedyError, StaleEdition, StepRefused, InvalidAct) as error:
        again = remedies_of(get_case(found.case.organ_id, found.case.no), clock.now())
        return page(request, again, person, said=str(error), status=409)
    return see_other(
        f"{reverse('case-remedies', args=[found.case.no])}?done={'decided' if deciding else 'filed'}"
    )


def read_dispute(request: HttpRequest, wrong: Wrong) -> dict[str, Any]:
    kind, procedure = request.POST.get("kind", ""), request.POST.get("procedure", "ordinary")
    if kind not in KINDS:
        wrong["kind"] = gettext("请选择行政复议或者行政诉讼。")
    if procedure not in labels("remedy_procedure"):
        wrong["procedure"] = gettext("请从列表中选择。")
    filed = read_day(request, "filed_on", gettext("提起日期"), wrong)
    received = read_day(request, "copy_received_on", gettext("收到副本的日期"), wrong)
    if filed and received and received < filed:
        wrong["copy_received_on"] = gettext("收到副本的日期早于提起日期，请核对。")
    return {"kind": kind, "filed_on": filed, "copy_received_on": received, "procedure": procedure}


def read_outcome(request: HttpRequest, wrong: Wrong) -> dict[str, Any]:
    kind, result = request.POST.get("kind", ""), request.POST.get("result", "")
    if kind not in KINDS:
        wrong["result"] = gettext("请选择行政复议或者行政诉讼。")
    elif result not in labels("dispute_result"):
        wrong["result"] = gettext("请选择结果。")
    return {
        "kind": kind,
        "result": result,
        "received_on": read_day(request, "received_on", gettext("收到日期"), wrong),
    }


def read_day(request: HttpRequest, name: str, title: str, wrong: Wrong) -> date | None:
    try:
        day = written_day(request.POST.get(name, "").strip())
    except ValueError:
        wrong[name] = gettext("请填写%(title)s，写成 2026-11-23 的样子。") % {"title": title}
        return None
    if day > clock.today():
        wrong[name] = gettext("%(title)s晚于今天，请核对。") % {"title": title}
    return day


def page(
    request: HttpRequest, found: Remedies, person: Mapping[str, Any] | None, *, wrong: Wrong | None = None, said: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    case, now, wrong = found.case, found.now, wrong or {}
    context = {
        "case": case, "now": now, "said": said, "wrong": wrong, "typed": request.POST, "done": request.GET.get("done", ""),
        "problems": [(Problem(name, words), True) for name, words in wrong.items()], "deciding": request.POST.get("do") == "decide",
        "brought": [shown(one) for one in now.brought], "kinds": KINDS.items(), "results": labels("dispute_result").items(),
        "procedures": labels("remedy_procedure").items(), "may_record": refusal("reconsideration_filed", person, case, found.acts) is None,
        "withdrawals": [
            (label("channel", channel), left(one.deadline), one.breach.message) for channel, one in now.withdrawals
        ],
        "periods": [(words, one, left(one)) for words, one in periods(found)], "means": MEANS, "today": clock.today().isoformat(),
        "packs": [] if permissions.refusal(roles_of(request, person)) else [(DISPUTE, TITLES[DISPUTE])],
    }  # fmt: skip
    return render(request, "remedies/remedies.html", context, status=status)


def periods(found: Remedies) -> list[tuple[str, Any]]:
    """The days until which the party may still turn to somebody; not of what he has brought already."""
    now, brought = found.now, {one.family for one in found.now.brought}
    both = (
        ("reconsideration", "申请行政复议", now.reconsideration),
        ("litigation", "提起行政诉讼", now.litigation),
    )
    return [(words, one) for family, words, one in both if one is not None and family not in brought]


def left(deadline: Any) -> Any:
    return due_day(deadline.due_on, deadline.starts_on, deadline.unit, clock.today())


def shown(one: Challenge) -> dict[str, Any]:
    return {
        "one": one, "kind": KINDS[one.family], "result": label("dispute_result", one.result) if one.result else "",
        "due": left(one.answer.deadline) if one.answer and one.answered is None and one.decided is None else None,
        "answer_slug": f"{one.family}-answered",
    }  # fmt: skip


def roles_of(request: HttpRequest, person: Mapping[str, Any] | None) -> set[str]:
    return {*request.user.roles.split("|"), *(person["roles"] if person else ())}


@login_required
@require_safe
def pack(request: HttpRequest, no: str, kind: str) -> HttpResponse:
    """One ZIP, made while it is sent. Raises PermissionDenied for roles that take no pack away."""
    organ = organ_code_of(request)
    if kind not in TITLES:
        raise Http404
    try:
        case: Case = get_case(organ, no)
    except UnknownCase:
        return unknown(request, no)
    person = logged_in(staff_of(organ), staff_no_of(request), request.user.roles)
    if why := permissions.refusal(roles_of(request, person)):
        raise PermissionDenied(why)
    if kind == COURT and (why := not_for_the_court(case)):
        return page(request, remedies_of(case, clock.now()), person, said=why, status=409)
    try:
        made = pack_of(case, kind, clock.now())
    except SigningRefused as refused:
        said = gettext("日志头暂停签发，材料包没有生成：%(why)s") % {"why": refused}
        return page(request, remedies_of(case, clock.now()), person, said=said, status=503)
    except FileGone as error:
        return page(request, remedies_of(case, clock.now()), person, said=str(error), status=409)
    answer = StreamingHttpResponse(streamed(made), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return answer


def not_for_the_court(case: Case) -> str:
    """Why the court cannot be asked today, with the first and the last day; empty where it can."""
    step = court_step(case, clock.now())
    if step is None:
        return gettext("本案还没有给予处罚的决定，不能申请法院强制执行。")
    return (
        "" if step.state in (NOW, DONE) else gettext("现在不能申请法院强制执行：%(why)s") % {"why": step.why}
    )
