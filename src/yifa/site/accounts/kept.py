"""What was typed into a form whose session had ended comes back after the log-in, to its owner, for a day."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from yifa.site.accounts.addresses import address_of
from yifa.site.accounts.kept_shown import NOT_TYPED, put_in
from yifa.site.accounts.models import KeptTyping, User

OWNER, BROWSER = "yifa_last", "yifa_kept"
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
        kept = BROWSER in request.COOKIES  # most browsers never had one: no query set is built for them
        row = kept_of(request).filter(path=address_of(request)).first() if kept else None
        request.kept_typing = typed_in(row) if row else None
        answer = self.get_response(request)
        if row is None:
            return led_back(request, answer)
        if request.method == "POST" and answer.status_code == 303 and is_sent(request, request.kept_typing):
            row.delete()
        if request.method == "GET" and answer.status_code == 405:
            # an address that only takes forms has no page to bring it back on
            return redirect("account-kept")
        return put_in(request, answer, row)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """A form posted by nobody: kept, and the log-in asked for."""
        if request.method != "POST" or request.user.is_authenticated or not keepable(address_of(request)):
            return None
        owner = _read(request, OWNER)
        browser = keep(owner, request) if owner.isdigit() else ""
        if not browser:
            return None
        wanted = urlencode({"next": request.get_full_path(), "kept": "yes"})
        answer = redirect(f"{reverse('login')}?{wanted}")
        answer.status_code = 303
        _set(answer, BROWSER, browser)
        return answer


def led_back(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A button pressed by nobody, nothing typed: after the log-in the page it stood on, for its own address may be none."""
    if request.method != "POST" or request.user.is_authenticated or "Location" not in answer:
        return answer
    login, page = reverse("login"), urlsplit(request.headers.get("Referer", ""))
    asked = answer["Location"].startswith(f"{login}?") and "kept=" not in answer["Location"]
    if asked and page.netloc == request.get_host():
        wanted = urlunsplit(("", "", page.path, page.query, ""))
        answer["Location"] = f"{login}?{urlencode({'next': wanted})}"
    return answer


def keepable(path: str) -> bool:
    return path.startswith("/desk/") and not path.startswith(ELSEWHERE)


def is_sent(request: HttpRequest, kept: QueryDict) -> bool:
    """A page may have several forms, told apart by their fields and their button: sending another one loses nothing of this."""
    names = set(kept) - NOT_TYPED
    same = not names or bool(names & set(request.POST))
    return same and request.POST.get("do", "") == kept.get("do", "")


def keep(owner: str, request: HttpRequest) -> str:
    """The browser under which the fields are kept; empty where there is nothing or too much."""
    fields = [
        (name, values)
        for name, values in request.POST.lists()
        if not any(part in name.lower() for part in NEVER)
    ]
    text = json.dumps(fields, ensure_ascii=False)
    now = timezone.now()
    KeptTyping.objects.filter(kept_at__lt=now - LASTS).delete()
    mine = KeptTyping.objects.filter(owner_id=owner)
    if (
        not {name for name, _ in fields} - NOT_TYPED
        or len(text) > MOST_CHARACTERS
        or not User.objects.filter(pk=owner).exists()
    ):
        return ""
    path, browser = address_of(request)[:400], _read(request, BROWSER) or secrets.token_urlsafe(32)
    mine.filter(path=path, browser=browser).delete()
    if mine.count() >= MOST_FORMS:
        return ""
    KeptTyping.objects.create(
        token=secrets.token_urlsafe(32), browser=browser, owner_id=owner, path=path, fields=text, kept_at=now
    )
    return browser


def kept_of(request: HttpRequest) -> QuerySet[KeptTyping]:
    """What the person logged in had typed in this browser, the latest first."""
    browser = _read(request, BROWSER) if request.user.is_authenticated else ""
    if not browser:
        return KeptTyping.objects.none()
    since = timezone.now() - LASTS
    return KeptTyping.objects.filter(browser=browser, owner_id=request.user.pk, kept_at__gte=since).order_by(
        "-kept_at"
    )


def typed_in(row: KeptTyping) -> QueryDict:
    """The fields as a form sends them."""
    typed = QueryDict(mutable=True)
    for name, values in json.loads(row.fields):
        typed.setlist(name, values)
    return typed
