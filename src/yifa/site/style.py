"""The style page (`/style/`): each component in each of its states, with the markup the pages use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.site import style_examples


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every part of the page kit; public, so that anybody can try it with keyboard, zoom and screen reader."""
    return render(request, "style.html", style_examples.context())
