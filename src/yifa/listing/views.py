"""The three addresses of a list: the page, list.csv, list.json. Rows of the reader's own organ only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.listing.desk import organ_code_of
from yifa.listing.exports import csv_lines, json_parts
from yifa.listing.page import BadFilter, ListPage, Problem, given_of
from yifa.listing.registry import get
from yifa.listing.screen import refused_screen, screen, without
from yifa.listing.views_saved import visible

LONGEST_QUERY = 16_384  # letters as sent: enough for every condition at its longest


def too_long(request: HttpRequest) -> bool:
    return len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY


def given(request: HttpRequest) -> QueryDict:
    """The query string. Raises BadFilter for one too long to be a query: it is then not even taken apart."""
    if too_long(request):
        raise BadFilter(Problem("", "查询条件太长，像是误贴了一大段文字。请只写几个字"))
    return request.GET


def reach_of(request: HttpRequest) -> Any:
    """How far the account sees; None, the whole organ, where nothing says otherwise."""
    return getattr(request, "reach", None)


@login_required
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; with conditions that cannot be understood the form again, input kept, status 400."""
    page, organ = get(slug), organ_code_of(request)
    try:
        context = screen(page, page.ask(organ, given(request), reach_of(request)))
    except BadFilter as error:
        typed = {} if too_long(request) else request.GET
        return render(request, "listing/list.html", refused_screen(page, organ, typed, error), status=400)
    return render(request, "listing/list.html", {**context, **saved(request, page, organ)})


def saved(request: HttpRequest, page: ListPage, organ: str) -> dict[str, Any]:
    """Saved queries the reader sees, and the present one as it would be saved."""
    rest = without(given_of(request.GET), "page", "count")
    found = list(visible(organ, request.user.get_username(), page.slug))
    return {"saved": found, "view_query": page.url(rest).partition("?")[2]}


@login_required
@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    page, organ = get(slug), organ_code_of(request)
    try:
        question = page.ask(organ, given(request), reach_of(request))
    except BadFilter as error:
        lines = "\n".join(problem.message for problem in error.problems)
        return HttpResponse(lines + "\n", status=400, content_type="text/plain; charset=utf-8")
    answer = StreamingHttpResponse(csv_lines(page, question), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return answer


@login_required
@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    page, organ = get(slug), organ_code_of(request)
    try:
        question = page.ask(organ, given(request), reach_of(request))
    except BadFilter as error:
        problems = [{"name": problem.name, "message": problem.message} for problem in error.problems]
        body = {"error": {"code": error.code, "problems": problems}}
        return JsonResponse(body, status=400, json_dumps_params={"ensure_ascii": False})
    return StreamingHttpResponse(json_parts(page, question), content_type="application/json; charset=utf-8")
