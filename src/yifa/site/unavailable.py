"""500, and 503 where the database did not answer or the disk is full: rendered without the request, which would ask it again."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

AFTER_SECONDS = "10"
NO_ANSWER = (OperationalError, InterfaceError)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled. A transaction that was open has been rolled back."""
    error = sys.exc_info()[1]
    full = no_room(error)
    if not full and not isinstance(error, NO_ANSWER):
        return HttpResponse(loader.get_template("500.html").render(), status=500)
    page = loader.get_template("no_room.html" if full else "no_database.html")
    answer = HttpResponse(page.render(), status=503)
    answer["Retry-After"] = AFTER_SECONDS
    answer["Cache-Control"] = "no-store"
    return answer


def no_room(error: BaseException | None) -> bool:
    """Is it the disk that is full? SQLite says so in words, PostgreSQL by 53100, the system by its number."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if not isinstance(error, NO_ANSWER):
        return False
    return "disk is full" in str(error) or getattr(error.__cause__, "sqlstate", "") == "53100"
