"""The law as the desk reads it: statutes, coverage, an article on a day, parameters, days off. These pages only read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.law.sources import Edition, UnknownArticle, UnreadableLabel
from yifa.ledger.clock import today
from yifa.ledger.written import written_day
from yifa.registry.laws.models import EditionKind, LawEdition, LawText
from yifa.registry.laws.pages import covered_rows, shown_parameters, shown_statutes
from yifa.registry.laws.queries import cited_article, law_of, moves_of, texts_of, unconfirmed_moves
from yifa.registry.organs.models import Organ

DECIDING = ("head", "office")


def organ_of(request: HttpRequest) -> Organ:
    """The organ of the person logged in. Raises PermissionDenied for an account without one."""
    if request.user.organ_id is None:
        raise PermissionDenied("您的账号还没有归属机关。请联系系统管理员在账号中填写机关。")
    return request.user.organ


def roles_at_home(request: HttpRequest) -> set[str]:
    """Roles of the person logged in and of the account; none where the account stands for nobody of its own organ."""
    person = request.user.person
    if person is None or person.organ_id != request.user.organ_id:
        return set()
    return {*person.role_keys(), *request.user.role_keys()}


def cases_seen(request: HttpRequest) -> QuerySet | None:
    """Moved deadlines name cases: numbers of those who looks may see; None for the whole organ."""
    return getattr(request, "cases_seen", None)


def deciding_role(request: HttpRequest) -> str:
    """head or office where the person logged in may decide about the organ's law, else empty."""
    roles = roles_at_home(request)
    return next((role for role in DECIDING if role in roles), "")


def may_confirm_moves(request: HttpRequest) -> bool:
    """A deadline that moved is confirmed by who handles or decides cases, or the office."""
    return bool(roles_at_home(request) & {*DECIDING, "handler"})


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is on file of each statute, and the way to the other pages."""
    organ = organ_of(request)
    parameters = shown_parameters(law_of(organ.code, organ.territory), today())
    context = {
        "editions": shown_statutes(texts_of(organ.code)),
        "unconfirmed": sum(one.open for one in parameters),
        "parameters": len(parameters),
        "moves": len(unconfirmed_moves(organ.code, cases_seen(request))),
    }
    return render(request, "laws/index.html", context)


@login_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Every article of the Penalty Law: our summary, its text where loaded, its rules or why there are none."""
    organ = organ_of(request)
    text = LawText.objects.filter(organ=organ, statute="apl", edition="2021").first()
    rows = covered_rows(text)
    with_rules = sum(bool(one.rules) for one, _, _ in rows)
    context = {"rows": rows, "text": text, "with_rules": with_rules, "without": len(rows) - with_rules}
    return render(request, "laws/coverage.html", context)


@login_required
@require_safe
def article(request: HttpRequest) -> HttpResponse:
    """`?label=行政处罚法第五十八条&on=2024-05-01`: the article in force on that day."""
    organ = organ_of(request)
    label, asked = request.GET.get("label", ""), request.GET.get("on", "")
    try:
        on = written_day(asked) if asked else today()
        found = cited_article(organ.code, label, on)
    except (ValueError, UnknownArticle, UnreadableLabel):
        return render(request, "laws/no_article.html", {"label": label, "on": asked}, status=404)
    whole = isinstance(found, Edition)
    context = {"label": label, "on": on, "whole": whole, "found": found}
    return render(request, "laws/article.html", context)


@login_required
@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """Every parameter with its value today, its source, and whether a person vouches for it."""
    organ = organ_of(request)
    rows = shown_parameters(law_of(organ.code, organ.territory), today())
    context = {"rows": rows, "unconfirmed": sum(one.open for one in rows), "may": deciding_role(request)}
    return render(request, "laws/parameters.html", context)


@login_required
@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    """The years of days off in use, and the deadlines that moved."""
    organ = organ_of(request)
    seen = cases_seen(request)
    own = LawEdition.objects.filter(organ=organ, kind=EditionKind.HOLIDAYS).order_by("name", "serial")
    confirmed = moves_of(organ.code, seen).exclude(confirmed_by="").order_by("-confirmed_at")[:50]
    context = {
        "years": law_of(organ.code, organ.territory).holidays.years,
        "own": own,
        "moves": unconfirmed_moves(organ.code, seen),
        "confirmed": confirmed,
        "may": may_confirm_moves(request),
    }
    return render(request, "laws/holidays.html", context)
