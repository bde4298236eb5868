"""Thirty idle minutes end a session. Measured by the machine's own time, which `YIFA_TODAY` does not move."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from yifa.site.accounts.addresses import address_of

IDLE_SECONDS = 30 * 60
WARN_SECONDS = 5 * 60
WRITE_EVERY = 60
SEEN = "seen_at"

Answer = Callable[[HttpRequest], HttpResponse]


def seconds() -> int:
    return int(time.time())


def is_poll(request: HttpRequest) -> bool:
    """A request the page makes by itself: it does not show that somebody is there."""
    if "X-Yifa-Poll" in request.headers:
        return True
    return "HX-Request" in request.headers and address_of(request).startswith("/desk/jobs/")


def left(request: HttpRequest) -> int:
    """Seconds until the session ends; never more than is true, because the moment is written once a minute."""
    return max(0, IDLE_SECONDS - (seconds() - request.session.get(SEEN, seconds())))


def touch(request: HttpRequest) -> None:
    request.session[SEEN] = seconds()


def begin(request: HttpRequest, **_: object) -> None:
    """A log-in is the first sign of somebody there."""
    touch(request)


def idle(get_response: Answer) -> Answer:
    """Middleware: end what was idle too long, note that somebody is there. Writes at most once a minute."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            seen = request.session.get(SEEN)
            if seen is not None and seconds() - seen >= IDLE_SECONDS:
                logout(request)
            elif seen is None or (seconds() - seen >= WRITE_EVERY and not is_poll(request)):
                touch(request)
            if request.user.is_authenticated:
                request.idle = {"left": left(request), "warn": WARN_SECONDS}
        return get_response(request)

    return middleware
