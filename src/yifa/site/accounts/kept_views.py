"""`/desk/account/kept/`: every form this browser keeps for the person logged in, to be copied from or deleted."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from yifa.listing.desk import see_other
from yifa.site.accounts.kept import kept_of
from yifa.site.accounts.kept_shown import told


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """POST deletes the one its button names, and goes back to where the button was."""
    if request.method == "POST":
        row = kept_of(request).filter(token=request.POST.get("kept", "")).first()
        if row is None:
            return see_other("account-kept")
        row.delete()
        return see_other(in_language(row.path) if request.POST.get("here") else "account-kept")
    forms = [{**told(row, {}), "url": in_language(row.path)} for row in kept_of(request)]
    return render(request, "accounts/kept.html", {"forms": forms})


def in_language(path: str) -> str:
    """Addresses are kept without a language."""
    return translate_url(path, get_language() or "")
