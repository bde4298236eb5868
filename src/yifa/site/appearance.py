"""How pages look for this reader: `?ui=elder|sun|dark|plain` on any address is remembered in a cookie.

And what every page of the desk must say: why nothing may be written.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes

from yifa.ledger import mode

COOKIE = "ui"
LOOKS = ("elder", "sun", "dark")
PLAIN = "plain"
A_YEAR = 365 * 24 * 3600


def appearance(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: sets `request.ui`; a GET that chooses a look goes back to the same address without the choice."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and request.GET.get("ui") in (*LOOKS, PLAIN):
            return chosen(request, request.GET["ui"])
        kept = request.COOKIES.get(COOKIE, "")
        request.ui = kept if kept in LOOKS else ""
        return get_response(request)

    return middleware


def chosen(request: HttpRequest, look: str) -> HttpResponse:
    rest = request.GET.copy()
    del rest["ui"]
    query = f"?{rest.urlencode()}" if rest else ""
    answer = HttpResponseRedirect(escape_leading_slashes(request.path) + query)
    if look == PLAIN:
        answer.delete_cookie(COOKIE, samesite="Lax")
    else:
        answer.set_cookie(
            COOKIE, look, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return answer


def read_only(request: HttpRequest) -> dict[str, object]:
    """Context processor: `read_only` is the reason, empty where there is none; one look at a file, by pages that ask."""
    return {"read_only": SimpleLazyObject(mode.reason)}
