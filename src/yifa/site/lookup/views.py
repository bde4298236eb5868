"""`/desk/search/`: an ordinary page; asked by a script, only its answer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.casework.cases.views import staff_no_of
from yifa.ledger.clock import now
from yifa.listing.desk import organ_code_of
from yifa.listing.errors import BadFilter
from yifa.listing.filters import read_text
from yifa.listing.views import reach_of
from yifa.site.lookup.groups import Reader, count, groups


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """400 with the reason where the text cannot be looked for."""
    reader = Reader(organ_code_of(request), staff_no_of(request), request.user.roles, reach_of(request))
    template = "lookup/_answer.html" if request.headers.get("HX-Request") == "true" else "lookup/search.html"
    given = {name: request.GET.getlist(name) for name in ("q", "case")}
    try:
        text, case_no = read_text(given, "q", "查找的文字"), read_text(given, "case", "案件编号")
    except BadFilter as error:
        return render(request, template, {"problem": str(error), "found": [], "case_no": ""}, status=400)
    found = groups(text, case_no=case_no, reader=reader, at=now())
    context = {"q": text, "case_no": case_no, "found": found, "count": count(found)}
    return render(request, template, context)
