"""Server time of pages: the WSGI application itself, logged in, against an empty view."""

from __future__ import annotations

import io
import statistics
import time
from dataclasses import dataclass

REPEAT = 200
WARM_UP = 10


@dataclass(frozen=True)
class Times:
    """Server time in milliseconds."""

    p50: float
    p95: float
    answers: int


def session_cookie(username: str = "handler") -> str:
    """A session of a log-in of the sample, as logging in makes it."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

    user = get_user_model().objects.get(username=username)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def environ(address: str, cookie: str) -> dict:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT": "text/html",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def call(application, address: str, cookie: str) -> tuple[int, int]:
    """Status and length of the body of one answer."""
    seen: list[str] = []
    answer = application(environ(address, cookie), lambda status, headers, exc=None: seen.append(status))
    length = sum(len(part) for part in answer)
    answer.close()
    return int(seen[0].split()[0]), length


def measure(application, address: str, cookie: str, repeat: int = REPEAT) -> Times:
    """Only answers of status 200 count; anything else stops the run, so that no error is ever called fast."""
    spent = []
    for number in range(WARM_UP + repeat):
        started = time.perf_counter()
        status, length = call(application, address, cookie)
        elapsed = (time.perf_counter() - started) * 1000
        if status != 200 or not length:
            raise RuntimeError(f"{address}: status {status}, {length} bytes")
        if number >= WARM_UP:
            spent.append(elapsed)
    return Times(statistics.median(spent), statistics.quantiles(spent, n=20)[18], len(spent))
