"""Logging in, in one step or two: the form again with 422 where it does not fit, then where the reader wanted to go."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login as start_session
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_otp import login as verified
from django_otp import match_token

from yifa.site.accounts.forms import CodeForm, LoginForm
from yifa.site.accounts.idle import seconds
from yifa.site.accounts.kept import forget_owner, remember_owner
from yifa.site.accounts.models import User

WAITING = "second_step"
WAITS_SECONDS = 10 * 60
BACKEND = "yifa.site.accounts.backends.AccountBackend"
WRONG_CODE = "验证码不对、已用过或已过期。请填写验证器现在显示的 6 位数字，或一个没有用过的恢复码；连错几次请稍等再试。"


class PasswordStep(LoginView):
    """`next` is followed only within this site. With a second factor the session starts after the second step."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:
        user = form.get_user()
        if user.second_factor:
            self.request.session.cycle_key()
            self.request.session[WAITING] = {
                "user": user.pk,
                "hash": user.get_session_auth_hash(),
                "at": seconds(),
                "next": self.get_redirect_url(),
            }
            return redirect("login-second")
        answer = super().form_valid(form)
        remember_owner(answer, user)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, kept=self.request.GET.get("kept") == "yes")


_form = PasswordStep.as_view()


def login(request: HttpRequest) -> HttpResponse:
    """The first step: user name and password."""
    answer = _form(request)
    if request.method == "POST" and answer.status_code == 200:
        answer.status_code = 422
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second step: a code. Ten minutes after the password it starts over."""
    waiting = request.session.get(WAITING)
    user = waiting_user(waiting)
    if user is None:
        return redirect("login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        device = match_token(user, form.cleaned_data["code"])
        if device is not None:
            return let_in(request, user, device, waiting["next"])
        form.add_error("code", WRONG_CODE)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/second_step.html", {"form": form}, status=status)


def waiting_user(waiting: dict[str, Any] | None) -> User | None:
    """Who gave the right password a moment ago; None where that is too long ago or the account has changed since."""
    if waiting is None or seconds() - waiting["at"] > WAITS_SECONDS:
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True, granted=True).first()
    return user if user is not None and user.get_session_auth_hash() == waiting["hash"] else None


def let_in(request: HttpRequest, user: User, device: Any, wanted: str) -> HttpResponse:
    start_session(request, user, backend=BACKEND)
    request.session.pop(WAITING, None)
    verified(request, device)
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    answer = redirect(wanted if wanted and safe else reverse("workbench"))
    remember_owner(answer, user)
    return answer


_leave = LogoutView.as_view()


def logout(request: HttpRequest) -> HttpResponse:
    """By POST only. Nothing typed is kept for who left on purpose."""
    answer = _leave(request)
    if request.method == "POST":
        forget_owner(answer)
    return answer
