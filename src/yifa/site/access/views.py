"""`/desk/access/`: who looked at what in the organ; `/desk/access/cases/<no>/`: who looked at one case."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.queries import get_case, is_within_reach
from yifa.listing.desk import organ_code_of
from yifa.listing.views import reach_of
from yifa.site.access.forms import Question
from yifa.site.access.permissions import NOT_YOURS, may_read
from yifa.site.access.queries import Found, accesses


@login_required
@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """The whole organ, or what was asked about; a question that cannot be understood is the form again, 422."""
    organ = readable(request)
    form = Question(request.GET)
    if not form.is_valid():
        return render(request, "access/access.html", {"form": form}, status=422)
    asked = form.cleaned_data
    if asked["case"] and not visible(request, organ, asked["case"]):
        form.add_error(
            "case",
            gettext("本机关没有编号为 %(no)s 的案件，或者不在您的可见范围内。请核对编号。")
            % {"no": asked["case"]},
        )
        return render(request, "access/access.html", {"form": form}, status=422)
    about = f"case:{asked['case']}" if asked["case"] else ""
    found = accesses(organ=organ, about=about, who=asked["who"], type=asked["type"], before=asked["before"])
    more = {name: asked[name] for name in ("case", "who", "type") if asked[name]}
    return render(request, "access/access.html", {"form": form, **listed(found, more)})


@login_required
@require_safe
def of_case(request: HttpRequest, no: str) -> HttpResponse:
    """A case of another organ, or beyond one's reach, is as unknown as none."""
    organ = readable(request)
    if not visible(request, organ, no):
        return render(request, "access/unknown.html", {"no": no}, status=404)
    form = Question(request.GET)
    before = form.cleaned_data["before"] if form.is_valid() else None
    found = accesses(organ=organ, about=f"case:{no}", before=before)
    return render(request, "access/case.html", {"no": no, **listed(found, {})})


def readable(request: HttpRequest) -> str:
    """The organ looked at. Raises PermissionDenied."""
    if not may_read(request.user):
        raise PermissionDenied(NOT_YOURS)
    return organ_code_of(request)


def visible(request: HttpRequest, organ: str, no: str) -> bool:
    try:
        get_case(organ, no)
    except UnknownCase:
        return False
    reach = reach_of(request)
    return reach is None or is_within_reach(no, reach)


def listed(found: Found, more: dict[str, str]) -> dict[str, object]:
    older = None if found.before is None else f"?{urlencode({**more, 'before': found.before})}"
    return {"rows": found.rows, "older": older}
