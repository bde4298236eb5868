"""Saved queries of a list: keep the present one under a name, rename it, delete it. Owners only; no scripts needed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yifa.listing.desk import organ_code_of
from yifa.listing.models import SavedView
from yifa.listing.page import BadFilter, ListPage, given_of
from yifa.listing.registry import get
from yifa.listing.screen import without

LONGEST_NAME = 40
AT_MOST = 50


def visible(organ: str, owner: str, slug: str) -> QuerySet[SavedView]:
    """One's own, and those shared within the organ."""
    own = Q(owner=owner) | Q(shared=True)
    return SavedView.objects.filter(own, organ=organ, slug=slug).order_by("name", "pk")


def query_of(page: ListPage, organ: str, text: str) -> str:
    """The query string worth keeping: conditions, grain and order. Raises BadFilter where the list refuses it."""
    given = without(given_of(QueryDict(text)), "page", "count")
    page.ask(organ, given)
    return page.url(given).partition("?")[2]


def name_of(request: HttpRequest) -> str:
    return "".join(char for char in request.POST.get("name", "") if char.isprintable()).strip()[:LONGEST_NAME]


@login_required
@require_POST
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the query under a name; the same name of the same person is overwritten."""
    page, organ, owner = get(slug), organ_code_of(request), request.user.get_username()
    try:
        query = query_of(page, organ, request.POST.get("query", ""))
    except BadFilter as error:
        return refused(request, page, str(error))
    name = name_of(request)
    if not name:
        return refused(request, page, _("请给这个查询起个名字，例如“本月到期”。"), query)
    mine = SavedView.objects.filter(organ=organ, owner=owner, slug=slug)
    if mine.count() >= AT_MOST and not mine.filter(name=name).exists():
        return refused(request, page, _("一个名单最多存 50 个查询。请先删去不用的。"), query)
    SavedView.objects.update_or_create(
        organ=organ, owner=owner, slug=slug, name=name,
        defaults={"query": query, "shared": request.POST.get("shared") == "yes"},
    )  # fmt: skip
    return see(slug, query)


def see(slug: str, query: str = "") -> HttpResponse:
    """To the list, as a page of its own."""
    answer = HttpResponse(status=303)
    answer["Location"] = reverse(f"list-{slug}") + (f"?{query}" if query else "")
    return answer


def refused(request: HttpRequest, page: ListPage, message: str, query: str = "") -> HttpResponse:
    context = {"list": page, "message": message, "query": query}
    return render(request, "listing/view.html", context, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Rename, share or delete one of one's own; another's is as unknown as none."""
    page, organ = get(slug), organ_code_of(request)
    mine = SavedView.objects.filter(organ=organ, owner=request.user.get_username(), slug=slug)
    view = mine.filter(pk=number).first()
    if view is None:
        raise Http404
    context = {"list": page, "view": view, "query": view.query}
    if request.method != "POST":
        return render(request, "listing/view.html", context)
    if request.POST.get("delete"):
        view.delete()
        return see(slug)
    view.name, view.shared = name_of(request), request.POST.get("shared") == "yes"
    if not view.name:
        return render(request, "listing/view.html", {**context, "message": _("请写一个名字。")}, status=422)
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        message = _("您已有同名的查询，请换一个名字。")
        return render(request, "listing/view.html", {**context, "message": message}, status=422)
    return see(slug, view.query)
