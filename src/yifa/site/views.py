"""The public front page and the workbench (工作台) staff land on."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.casework.cases.models import Case
from yifa.law.labels import label
from yifa.ledger.clock import now
from yifa.listing.registry import all_pages, get
from yifa.listing.views import organ_code_of
from yifa.reports.annual.queries import years_with_data

OPEN = {"open": "yes"}
SHOWN = 12


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: not understood; 413 where the form is larger than the server takes in."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
        return render(request, "413.html", {"limit": limit}, status=413)
    return render(request, "400.html", status=400)


@login_required
@require_safe
def workbench(request: HttpRequest) -> HttpResponse:
    """Open cases, the newest first, the reports by year, every register with its number of rows."""
    organ = organ_code_of(request)
    page = get("cases")
    registers = [
        {"title": one.title, "url": one.url({}), "count": one.count(organ, {}), "unit": one.grains[0].unit}
        for one in all_pages()
    ]
    context = {
        "open_cases": open_cases(organ),
        "open_count": page.count(organ, OPEN),
        "open_url": page.url(OPEN),
        "years": years_with_data(organ, latest=now().year),
        "registers": registers,
    }
    return render(request, "workbench.html", context)


def open_cases(organ: str) -> list[dict[str, str]]:
    """The cases opened last among those not closed, with their stage in words."""
    found = Case.objects.filter(organ_id=organ, closed_on=None).order_by("-year", "-serial")
    rows = found.values("no", "party_name", "stage")[:SHOWN]
    return [{**row, "stage": label("stage", row["stage"])} for row in rows]
