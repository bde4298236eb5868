"""The case page and its clocks: they only read. Another organ's case is as unknown as one that never was."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.models import Case
from yifa.casework.cases.page import case_clock_page, case_page
from yifa.casework.cases.queries import get_case
from yifa.ledger.bundle import bundle
from yifa.ledger.checkpoints import SigningRefused
from yifa.ledger.clock import now
from yifa.ledger.queries import head, last_event
from yifa.listing.desk import organ_code_of


def staff_no_of(request: HttpRequest) -> str | None:
    """Staff number of the person logged in; None where the account stands for nobody of its own organ."""
    person = request.user.person
    return person.staff_no if person and person.organ_id == organ_code_of(request) else None


@login_required
@require_safe
def case(request: HttpRequest, no: str) -> HttpResponse:
    """What the case is, where it stands, which days run, what happened; `?order=new` turns the timeline round."""
    try:
        page = case_page(
            organ_code_of(request), no, now(), staff_no=staff_no_of(request), extra_roles=request.user.roles
        )
    except UnknownCase:
        return unknown(request, no)
    newest_first = request.GET.get("order") == "new"
    timeline = page.timeline[::-1] if newest_first else page.timeline
    recorded = next((item for item in timeline if str(item.seq) == request.GET.get("recorded")), None)
    context = {"page": page, "timeline": timeline, "newest_first": newest_first, "recorded": recorded}
    context["stamp"] = stamp(page.case)
    return render(request, "cases/case.html", context)


def stamp(found: Case) -> dict[str, object]:
    """What a printed page can be checked by: place of the case's last act in the log, size and root of the log now.

    Empty where the head of the log cannot be read: the badge on the page says what is wrong then.
    """
    try:
        state = head()
    except ValueError:
        return {}
    last = last_event(f"act:{found.no}/{found.act_count}")
    return {"idx": last.idx if last else None, "size": state.size, "root": state.root_sha256}


@login_required
@require_safe
def clocks(request: HttpRequest, no: str) -> HttpResponse:
    """How each running deadline of the case was counted."""
    at = now()
    try:
        found, running = case_clock_page(organ_code_of(request), no, at)
    except UnknownCase:
        return unknown(request, no)
    return render(request, "cases/clocks.html", {"case": found, "clocks": running, "at": at})


@login_required
@require_safe
def case_bundle(request: HttpRequest, no: str) -> HttpResponse:
    """The case with the proof that its rows are those of the signed log, to be checked without us."""
    try:
        found = get_case(organ_code_of(request), no)
        packed = bundle(f"case:{found.no}", [found, *found.acts.all()])
    except UnknownCase:
        return unknown(request, no)
    except SigningRefused as refused:
        return HttpResponse(
            f"日志头暂停签发，证明包没有生成：{refused}\n",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    answer = JsonResponse(packed, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="bundle-{found.no}.json"'
    return answer


def unknown(request: HttpRequest, no: str) -> HttpResponse:
    context = {"no": no, "reach": getattr(request, "reach", None)}
    return render(request, "cases/unknown.html", context, status=404)
