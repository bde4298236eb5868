"""The public front page and the workbench (工作台) staff land on."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yifa.jobs.models import State
from yifa.jobs.queries import finished_lately
from yifa.ledger.clock import now, today
from yifa.listing.desk import organ_code_of
from yifa.listing.registry import all_pages, get
from yifa.registry.people.reach import ASSIGNED
from yifa.reports.annual.queries import years_with_data
from yifa.site.jobs.page import state_words
from yifa.site.work import TABS, work

OPEN = {"open": "yes"}
REMINDED = 5
OF_COUNSEL = ("cases", "legal-reviews")


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
    """What waits for who is logged in (`?tab=todo|done|mine&page=`), then the reports and every register."""
    organ = organ_code_of(request)
    person = request.user.person
    own = person is not None and person.organ_id == organ
    found = work(
        tab_of(request), page_of(request), organ=organ, who=person.staff_no if own else "",
        roles=[*person.role_keys(), *request.user.roles.split("|")] if own else (), today=today(),
        reach=getattr(request, "reach", None), actor=f"user:{request.user.pk}",
    )  # fmt: skip
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
        "work": found,
        "ended": ended_jobs(request, organ) if found.tab == "todo" else [],
        "tabs": TABS.items(),
        "open_count": page.count(organ, OPEN, reach),
        "open_url": page.url(OPEN),
        "years": years_with_data(organ, latest=now().year),
        "registers": registers,
    }
    return render(request, "workbench.html", context)


def ended_jobs(request: HttpRequest, organ: str) -> list[dict[str, object]]:
    """What this log-in asked for that ended or failed in the last days, failed ones first, a few of them."""
    jobs = finished_lately(organ, request.user.get_username())[:REMINDED]
    return [
        {"url": reverse("job", args=[job.pk]), "title": job.title, "at": job.finished_at, "state": state_words(job),
         "failed": bool(job.failures) or job.state == State.FAILED}
        for job in jobs
    ]  # fmt: skip


def tab_of(request: HttpRequest) -> str:
    """The tab asked for; 待办 where there is none of that name."""
    tab = request.GET.get("tab", "")
    return tab if tab in TABS else "todo"


def page_of(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
