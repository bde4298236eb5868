"""What browsers may load on our pages: our own files, no script or style within a page, no frame around it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yifa.ledger.mode import IntegrityBroken
from yifa.site.accounts.addresses import address_of

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the policy on every answer. Pages of the desk are also kept out of shared caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.setdefault("Content-Security-Policy", POLICY)
        if address_of(request).startswith("/desk/"):
            answer.setdefault("Cache-Control", "private, no-store")
        return answer

    return middleware


def no_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an address with a NUL names no page. PostgreSQL takes none in a text, so looking it up ends in an error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404
        return get_response(request)

    return middleware


class Refusals:
    """Turns what a room refuses whoever asks into a page: read-only mode is 503, with the reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, IntegrityBroken):
            return None
        answer = render(request, "503.html", {"reason": str(exception)}, status=503)
        answer["Retry-After"] = "3600"
        return answer
