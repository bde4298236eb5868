"""Who asks, looked up before anything else asks for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject

Answer = Callable[[HttpRequest], HttpResponse]


def known(get_response: Answer) -> Answer:
    """Middleware, after the session's own: the user itself in the place of the lazy one.

    Every page asks for it, and a lazy object takes two calls more at each of a hundred looks at it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, LazyObject):
            bool(request.user.is_authenticated)  # looks it up
            request.user = request.user._wrapped
        return get_response(request)

    return middleware
