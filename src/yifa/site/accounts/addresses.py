"""An address as rules about addresses read it: without the language it is asked in, and without what lies before us."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """`/en/desk/cases/` is `/desk/cases/`: a page has one set of rules, in whatever language it is read."""
    address = request.path_info
    for language, _ in settings.LANGUAGES:
        if address.startswith(f"/{language}/"):
            return address.removeprefix(f"/{language}")
    return address
