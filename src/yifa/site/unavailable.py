"""500, and 503 where it was the database that did not answer: rendered without the request, which would ask it again."""

from __future__ import annotations

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
    if not isinstance(sys.exc_info()[1], NO_ANSWER):
        return HttpResponse(loader.get_template("500.html").render(), status=500)
    answer = HttpResponse(loader.get_template("no_database.html").render(), status=503)
    answer["Retry-After"] = AFTER_SECONDS
    answer["Cache-Control"] = "no-store"
    return answer
