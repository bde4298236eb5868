"""Logging in: the form again with status 422 where it does not fit, then where the reader wanted to go."""

from __future__ import annotations

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from yifa.site.accounts.forms import LoginForm

_form = LoginView.as_view(
    template_name="accounts/login.html", authentication_form=LoginForm, redirect_authenticated_user=True
)


def login(request: HttpRequest) -> HttpResponse:
    """`next` is followed only within this site."""
    answer = _form(request)
    if request.method == "POST" and answer.status_code == 200:
        answer.status_code = 422
    return answer
