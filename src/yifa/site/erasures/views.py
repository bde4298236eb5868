"""`/desk/erasures/`: the requests of the organ, one request, and the three things one can do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yifa.law.personal import GROUNDS
from yifa.listing.desk import see_other
from yifa.site.accounts.models import User
from yifa.site.erasures import actions
from yifa.site.erasures.errors import AlreadyDecided, NotPermitted, RequestRefused
from yifa.site.erasures.forms import AskForm
from yifa.site.erasures.models import ErasureRequest
from yifa.site.erasures.permissions import NOT_ASKING, NOT_YOURS, may_agree, may_ask, may_read
from yifa.site.erasures.subjects import SUBJECTS

SHOWN = 200
View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """Log-in, the right to read; refusals as pages."""

    @login_required
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.organ_id or not may_read(request.user):
            raise PermissionDenied(NOT_YOURS)
        try:
            return view(request, **kwargs)
        except NotPermitted as refused:
            raise PermissionDenied(str(refused)) from refused
        except ErasureRequest.DoesNotExist:
            return render(request, "erasures/unknown.html", status=404)

    return answered


@guarded
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Open ones first."""
    rows = ErasureRequest.objects.filter(organ_id=request.user.organ_id)
    found = sorted(rows.order_by("-serial")[:SHOWN], key=lambda one: not one.open)
    context = {"rows": [described(one) for one in found], "may_ask": may_ask(request.user)}
    return render(request, "erasures/erasures.html", context)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What the law keeps is refused here already, with the reason to hand on to whoever wanted it erased."""
    if not may_ask(request.user):
        raise PermissionDenied(NOT_ASKING)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "erasures/new.html", {"form": form})
    if form.is_valid():
        try:
            made = actions.ask(by=request.user, **form.cleaned_data)
        except RequestRefused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            return see_other("erasure", made.serial)
    return render(request, "erasures/new.html", {"form": form}, status=422)


@guarded
@require_safe
def erasure(request: HttpRequest, serial: int) -> HttpResponse:
    return page(request, of_organ(request, serial))


@guarded
@require_POST
def agree(request: HttpRequest, serial: int) -> HttpResponse:
    return decided(request, serial, lambda found: actions.agree(by=request.user, request=found))


@guarded
@require_POST
def send_back(request: HttpRequest, serial: int) -> HttpResponse:
    words = request.POST.get("words", "").replace("\x00", "").strip()[:1000]
    if not words:
        return page(
            request, of_organ(request, serial), status=422, error="请写明退回的理由，申请人要看到它。"
        )
    return decided(
        request, serial, lambda found: actions.send_back(by=request.user, request=found, words=words)
    )


def decided(
    request: HttpRequest, serial: int, act: Callable[[ErasureRequest], ErasureRequest]
) -> HttpResponse:
    """Do it and go back to the page; what stands against it is said there, 409."""
    found = of_organ(request, serial)
    try:
        act(found)
    except (AlreadyDecided, RequestRefused) as refused:
        found.refresh_from_db()
        return page(request, found, status=409, error=str(refused))
    return see_other("erasure", serial)


def of_organ(request: HttpRequest, serial: int) -> ErasureRequest:
    """Raises DoesNotExist."""
    return ErasureRequest.objects.get(organ_id=request.user.organ_id, serial=serial)


def page(request: HttpRequest, found: ErasureRequest, *, status: int = 200, error: str = "") -> HttpResponse:
    deciding = found.open and may_agree(request.user, found.asked_by)
    context = {**described(found), "deciding": deciding, "error": error}
    return render(request, "erasures/erasure.html", context, status=status)


def described(one: ErasureRequest) -> dict[str, Any]:
    ids = [one.asked_by, one.decided_by]
    names = dict(User.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "username"))
    return {
        "one": one,
        "subject": SUBJECTS[f"{one.table}.{one.column}"].words.partition("（")[0],
        "ground": GROUNDS[one.ground],
        "asked_by": names.get(one.asked_by, one.asked_by),
        "decided_by": names.get(one.decided_by, one.decided_by or ""),
    }
