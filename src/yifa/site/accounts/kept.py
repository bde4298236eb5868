"""What was typed into a form whose session had ended comes back after the log-in, to its owner, for a day."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from yifa.site.accounts.addresses import address_of
from yifa.site.accounts.models import KeptTyping, User

OWNER, TOKEN = "yifa_last", "yifa_kept"
SALT = "yifa.site.accounts.kept"
LASTS = timedelta(days=1)
MOST_CHARACTERS = 100_000
MOST_FORMS = 20
NEVER = ("csrf", "password", "token", "code")
ELSEWHERE = ("/desk/account/", "/desk/accounts/")


def remember_owner(answer: HttpResponse, user: User) -> None:
    """Who was here last, signed: a form posted after the session is gone has an owner still."""
    _set(answer, OWNER, str(user.pk))


def forget_owner(answer: HttpResponse) -> None:
    """Who left on purpose leaves nothing behind; what was kept before stays with its owner."""
    answer.delete_cookie(OWNER, samesite="Lax")


def _set(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_signed_cookie(
        name, value, salt=SALT, max_age=int(LASTS.total_seconds()), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _read(request: HttpRequest, name: str) -> str:
    return request.get_signed_cookie(name, default="", salt=SALT, max_age=int(LASTS.total_seconds()))


class KeepTyping:
    """Middleware, after the log-in is known and the form's own origin was checked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.kept_typing = kept_for(request)
        answer = self.get_response(request)
        if request.kept_typing is not None and request.method == "POST" and answer.status_code == 303:
            KeptTyping.objects.filter(owner_id=request.user.pk, path=address_of(request)).delete()
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """A form posted by nobody: kept, and the log-in asked for."""
        if request.method != "POST" or request.user.is_authenticated or not keepable(address_of(request)):
            return None
        owner = _read(request, OWNER)
        token = keep(owner, request) if owner.isdigit() else ""
        if not token:
            return None
        answer = redirect(f"{reverse('login')}?{urlencode({'next': request.path, 'kept': 'yes'})}")
        answer.status_code = 303
        _set(answer, TOKEN, token)
        return answer


def keepable(path: str) -> bool:
    return path.startswith("/desk/") and not path.startswith(ELSEWHERE)


def keep(owner: str, request: HttpRequest) -> str:
    """The token under which the fields are kept; empty where there is nothing or too much."""
    fields = [
        (name, values)
        for name, values in request.POST.lists()
        if not any(part in name.lower() for part in NEVER)
    ]
    text = json.dumps(fields, ensure_ascii=False)
    now = timezone.now()
    KeptTyping.objects.filter(kept_at__lt=now - LASTS).delete()
    mine = KeptTyping.objects.filter(owner_id=owner)
    if not fields or len(text) > MOST_CHARACTERS or not User.objects.filter(pk=owner).exists():
        return ""
    path = address_of(request)[:400]
    mine.filter(path=path).delete()
    if mine.count() >= MOST_FORMS:
        return ""
    token = secrets.token_urlsafe(32)
    KeptTyping.objects.create(token=token, owner_id=owner, path=path, fields=text, kept_at=now)
    return token


def kept_for(request: HttpRequest) -> QueryDict | None:
    """What the person logged in had typed into the form at this address; None where nothing is kept."""
    token = _read(request, TOKEN) if request.user.is_authenticated else ""
    if not token:
        return None
    row = KeptTyping.objects.filter(
        token=token, owner_id=request.user.pk, path=address_of(request), kept_at__gte=timezone.now() - LASTS
    ).first()
    if row is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in json.loads(row.fields):
        typed.setlist(name, values)
    return typed
