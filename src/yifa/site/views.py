"""The public front page and the workbench (工作台) staff land on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import within_reach
from yifa.law.labels import label
from yifa.ledger.clock import now
from yifa.listing.registry import all_pages, get
from yifa.listing.views import organ_code_of
from yifa.registry.people.reach import ASSIGNED, Reach
from yifa.reports.annual.queries import years_with_data

OPEN = {"open": "yes"}
SHOWN = 12
OF_COUNSEL = ("cases", "legal-reviews")


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html")


@login_required
@require_safe
def workbench(request: HttpRequest) -> HttpResponse:
    """Open cases, the newest first, the reports by year, every register with its number of rows."""
    organ = organ_code_of(request)
    page = get("cases")
    reach = getattr(request, "reach", None)
    registers = [
        {
            "title": one.title,
            "url": one.url({}),
            "count": one.count(organ, {}, reach),
            "unit": one.grains[0].unit,
        }
        for one in all_pages()
        if reach is None or reach.kind != ASSIGNED or one.slug in OF_COUNSEL
    ]
    context = {
        "open_cases": open_cases(organ, reach),
        "open_count": page.count(organ, OPEN, reach),
        "open_url": page.url(OPEN),
        "years": years_with_data(organ, latest=now().year),
        "registers": registers,
    }
    return render(request, "workbench.html", context)


def open_cases(organ: str, reach: Reach | None = None) -> list[dict[str, str]]:
    """The cases opened last among those not closed, with their stage in words."""
    found = Case.objects.filter(organ_id=organ, closed_on=None).order_by("-year", "-serial")
    if reach is not None:
        found = within_reach(found, reach)
    rows = found.values("no", "party_name", "stage")[:SHOWN]
    return [{**row, "stage": label("stage", row["stage"])} for row in rows]
