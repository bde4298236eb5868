"""The report of a year on the desk, and the passport of each of its figures."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yifa.ledger.clock import now
from yifa.registry.organs.models import Organ
from yifa.reports.annual.assembling import TITLES, assemble
from yifa.reports.annual.period import BadReportPeriod, period_of
from yifa.reports.annual.queries import years_with_data
from yifa.reports.figures.measuring import FigureFailed, list_of, measure
from yifa.reports.figures.registry import UnknownFigure, figure_of


def organ_of(request: HttpRequest) -> Organ:
    """The organ of the person logged in. Raises PermissionDenied for an account without one."""
    organ = request.user.organ
    if organ is None:
        raise PermissionDenied("您的账号还没有归属机关。请联系系统管理员在账号中填写机关。")
    return organ


@login_required
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """To the newest year that has data."""
    year = years_with_data(organ_of(request).code, latest=now().year)[0]
    return redirect("annual-report", year=year)


@login_required
@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    """Four chapters with live figures, and the table of all figures."""
    organ = organ_of(request)
    try:
        period = period_of(year, now=now(), as_of=request.GET.get("as_of", ""))
        assembled = assemble(organ, period)
    except BadReportPeriod as error:
        return not_found(request, organ, str(error))
    except FigureFailed as failed:
        return not_computed(request, failed)
    years = years_with_data(organ.code, latest=now().year)
    context = {"report": assembled, "years": sorted({*years, year}, reverse=True), "linked": True}
    return render(request, "annual/report.html", context)


@login_required
@require_safe
def passport(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """One figure: definition, as-of moment, list, digest."""
    organ = organ_of(request)
    try:
        period = period_of(year, now=now(), as_of=request.GET.get("as_of", ""))
        figure = figure_of(organ.code, key)
        measured = measure(figure, organ.code, period)
    except BadReportPeriod as error:
        return not_found(request, organ, str(error))
    except UnknownFigure:
        return not_found(
            request, organ, gettext("没有名为 %(key)s 的指标。请在年度报告的指标表中选择") % {"key": key}
        )
    except FigureFailed as failed:
        return not_computed(request, failed)
    context = {
        "organ": organ,
        "period": period,
        "measured": measured,
        "chapter": TITLES[figure.chapter],
        "page": list_of(figure),
    }
    return render(request, "annual/passport.html", context)


def not_found(request: HttpRequest, organ: Organ, message: str) -> HttpResponse:
    years = years_with_data(organ.code, latest=now().year)
    return render(request, "annual/unknown.html", {"message": message, "years": years}, status=404)


def not_computed(request: HttpRequest, failed: FigureFailed) -> HttpResponse:
    """No number rather than a wrong one."""
    return render(request, "annual/not_computed.html", {"failed": failed}, status=500)
