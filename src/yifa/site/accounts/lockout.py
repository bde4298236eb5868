"""Backing off after five failures of one name from one address: a minute, five, fifteen, an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yifa.ledger.actions import writing
from yifa.site.accounts.actions import acting
from yifa.site.accounts.forms import LoginForm
from yifa.site.accounts.models import User
from yifa.site.accounts.permissions import check_can

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
REMEMBERED = timedelta(days=1)


def client_address(request: HttpRequest) -> str:
    """The browser's address. Behind our own proxy it is the last one the proxy wrote."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if forwarded:
            return forwarded
    return request.META.get("REMOTE_ADDR", "")


def name_typed(request: HttpRequest) -> str:
    """The name as the form takes it and failures are kept under: `h204 ` is h204 and waits as long."""
    return LoginForm.base_fields["username"].to_python(request.POST.get("username", ""))


def cool_off(request: HttpRequest | None) -> timedelta:
    """How long to wait now: longer with every five failures of the last day."""
    if request is None:
        return WAITS[-1]
    failures = AccessFailureLog.objects.filter(
        username=name_typed(request), ip_address=client_address(request) or None,
        attempt_time__gte=timezone.now() - REMEMBERED,
    ).count()  # fmt: skip
    rounds = max(1, failures // settings.AXES_FAILURE_LIMIT)
    return WAITS[min(rounds, len(WAITS)) - 1]


def locked_out(request: HttpRequest, original: HttpResponse, credentials: dict | None) -> HttpResponse:
    """The page that says until when and what to do; 429 with Retry-After."""
    latest = AccessAttempt.objects.filter(
        username=name_typed(request), ip_address=client_address(request) or None
    ).aggregate(at=Max("attempt_time"))["at"]
    wait = cool_off(request)
    until = (latest or timezone.now()) + wait
    answer = render(request, "accounts/locked_out.html", {"until": until}, status=429)
    answer["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return answer


def locked_since(account: User) -> datetime | None:
    """The last failure of a name that has reached the limit; None where nothing is locked."""
    return AccessAttempt.objects.filter(
        username=account.username, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    ).aggregate(at=Max("attempt_time"))["at"]


def lift_lockout(*, by: User, account: User) -> int:
    """Forget the failures of a name; returns from how many addresses. Raises NotPermitted."""
    check_can("lift", by=by, account=account)
    with writing() as unit:
        unit.log(
            type="account_lockout_lifted", actor=acting(by), agency=account.organ_id or "", rows=[account]
        )
        count, _ = AccessAttempt.objects.filter(username=account.username).delete()
        AccessFailureLog.objects.filter(username=account.username).delete()
    return count
