"""What a request looked at, named for the access log. It leaves a note in memory; no query, no waiting."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yifa.ledger import clock
from yifa.ledger.access import Seen, recorder
from yifa.site.accounts.addresses import address_of
from yifa.site.accounts.idle import is_poll
from yifa.site.accounts.lockout import client_address
from yifa.site.accounts.models import User

# Sections of the desk that show neither a case nor a person.
NOT_NOTED = frozenset({"", "account", "jobs", "laws", "templates"})
TABLES = {
    "accounts": "account",
    "cases": "case",
    "deliberations": "deliberation",
    "erasures": "erasure_request",
    "imports": "import",
    "proposals": "proposal",
    "reports": "report",
    "supervised": "supervised_handling",
}
IN_FILES = frozenset({"list.csv", "list.json"})
LOOKING = ("GET", "HEAD")
REFUSED = (403, 404)


class AccessLog:
    """Middleware, outside the gate: what it refuses is noted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if recorder.on and request.method in LOOKING and request.user.is_authenticated:
            seen = looked_at(request, answer)
            if seen:
                recorder.note(seen)
        return answer


def looked_at(request: HttpRequest, answer: HttpResponse) -> Seen | None:
    """None for what is not noted: a page without a case or a person, a request the page makes by itself."""
    match, parts = request.resolver_match, address_of(request).split("/")
    if match is None or parts[1] != "desk" or parts[2] in NOT_NOTED or is_poll(request):
        return None
    if answer.status_code in REFUSED:
        type = "refused"
    elif answer.status_code != 200:
        return None
    else:
        type = _type(parts[-1], answer)
    about, more = _about(parts[2], dict(match.kwargs))
    page = "|".join((match.url_name or "page", *more))
    return _by(request.user, type, about, page=page, request=request)


def _type(last: str, answer: HttpResponse) -> str:
    if last in IN_FILES:
        return "exported"
    if "Content-Disposition" in answer or "." in last:
        return "downloaded"
    return "viewed"


def _about(section: str, kwargs: dict[str, Any]) -> tuple[str, list[str]]:
    """`case:2026-0137` and what of it, such as the number of a paper; a list or form without a number is its section."""
    if "no" not in kwargs:
        kwargs.pop("slug", None)
    first, *more = [str(value) for value in kwargs.values()] or [""]
    return (f"{TABLES.get(section, section)}:{first}" if first else f"list:{section}"), more


def _by(user: Any, type: str, about: str, *, page: str, request: HttpRequest | None) -> Seen:
    role = "|".join(user.role_keys())
    agency = getattr(request, "organ_code", None) or user.organ_id or ""
    client = _hashed(client_address(request)) if request is not None else ""
    return Seen(type, f"user:{user.pk}", about, role, agency, page, client, clock.now())


@lru_cache(maxsize=4096)
def _hashed(address: str) -> str:
    """An address as a digest under a key of this installation: alike is alike, and nobody outside can guess it."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"access:{address}".encode(), hashlib.sha256).hex()[:16]


def logged_in(sender: Any, request: HttpRequest, user: Any, **_: object) -> None:
    recorder.note(_by(user, "logged_in", f"account:{user.pk}", page="", request=request))


def logged_out(sender: Any, request: HttpRequest, user: Any, **_: object) -> None:
    if user is not None:
        recorder.note(_by(user, "logged_out", f"account:{user.pk}", page="", request=request))


def login_failed(sender: Any, credentials: dict, request: HttpRequest | None = None, **_: object) -> None:
    """The account meant, if there is one; never the name as typed, which may be a password."""
    if not recorder.on:
        return
    user = User.objects.filter(username=credentials.get("username", "")).first()
    if user is not None:
        recorder.note(_by(user, "login_failed", f"account:{user.pk}", page="", request=request))
        return
    client = _hashed(client_address(request)) if request is not None else ""
    recorder.note(Seen("login_failed", "system:unknown", "account:unknown", client=client, at=clock.now()))
