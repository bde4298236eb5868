"""`/desk/accounts/`: the pages of the three administrators. Each deed is a form of its own, sent by POST."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yifa.listing.desk import see_other
from yifa.site.accounts import actions
from yifa.site.accounts.errors import InvalidAccount, NotPermitted, UnknownAccount
from yifa.site.accounts.forms import NewAccountForm, ReachForm, RolesForm
from yifa.site.accounts.gate import refused
from yifa.site.accounts.lockout import lift_lockout, locked_since
from yifa.site.accounts.models import User
from yifa.site.accounts.opening import create_account
from yifa.site.accounts.permissions import DEEDS, can, check_can, check_can_read
from yifa.site.accounts.queries import accounts_of, events_of, state_of
from yifa.site.accounts.roles import REACHES, keys_of, words

DONE = {
    "suspended": "已停用，这个账号正在用的登录在下一步操作时结束。",
    "resumed": "已恢复，可以登录。",
    "roles": "已授予角色。这个账号要重新登录。",
    "reach": "已设定可见范围。这个账号要重新登录。",
    "lifted": "已解除锁定，可以重新登录。",
    "factor": "已解除二次验证，下次登录后请本人重新设置。",
}
View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """Log-in, reading right, and refusals as pages: 403 with the reason, 404 for another organ's account."""

    @login_required
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            check_can_read(request.user)
            return view(request, *args, **kwargs)
        except NotPermitted as why:
            return refused(request, str(why))
        except UnknownAccount:
            return render(request, "accounts/unknown.html", status=404)

    return answered


@guarded
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts of the administrator's own organ."""
    rows = [
        {"account": one, "roles": shown_roles(one), "state": state_of(one), "reach": REACHES[one.reach]}
        for one in accounts_of(request.user.organ_id)
    ]
    context = {"rows": rows, "can_create": can("create", by=request.user)}
    return render(request, "accounts/accounts.html", context)


def shown_roles(account: User) -> str:
    """Roles of the register and of the account, each once."""
    person = account.person.role_keys() if account.person else []
    return words("|".join(dict.fromkeys([*person, *account.role_keys()])))


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; posted, the one-time password on the page that follows, once."""
    check_can("create", by=request.user)
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "accounts/new.html", {"form": form})
    if form.is_valid():
        try:
            account, secret = create_account(by=request.user, **form.cleaned_data)
        except InvalidAccount as wrong:
            form.add_error(wrong.field or None, str(wrong))
        else:
            return told_once(request, account, secret)
    return render(request, "accounts/new.html", {"form": form}, status=422)


def told_once(request: HttpRequest, account: User, secret: str) -> HttpResponse:
    """Never kept anywhere: this answer is the only place it stands. `no-store` keeps it out of caches."""
    context = {"account": account, "secret": secret}
    answer = render(request, "accounts/told_once.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@guarded
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, actions.account_of(request.user.organ_id, pk))


def page(
    request: HttpRequest, found: User, *, status: int = 200, error: str = "", **forms: Any
) -> HttpResponse:
    """One account: what it is, what may be done by whom, what happened to it."""
    chosen = keys_of(found.roles) if found.granted else keys_of(found.roles_asked)
    context = {
        "account": found, "roles": shown_roles(found), "state": state_of(found), "reach": REACHES[found.reach],
        "can": {deed: can(deed, by=request.user, account=found) for deed in DEEDS},
        "roles_form": RolesForm(initial={"roles": chosen}), "reach_form": ReachForm(found),
        "locked_since": locked_since(found), "events": events_of(found), "error": error,
        "done": DONE.get(request.GET.get("done", ""), ""), "own": found.pk == request.user.pk, **forms,
    }  # fmt: skip
    return render(request, "accounts/account.html", context, status=status)


def deed(request: HttpRequest, found: User, done: str, act: Callable[[], Any]) -> HttpResponse:
    """Do it and go back to the page; what cannot stand is said there, 409."""
    try:
        act()
    except InvalidAccount as wrong:
        return page(
            request, actions.account_of(request.user.organ_id, found.pk), status=409, error=str(wrong)
        )
    return see_other(f"{reverse('account', args=[found.pk])}?done={done}")


@guarded
@require_POST
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.account_of(request.user.organ_id, pk)
    return deed(request, found, "suspended", lambda: actions.suspend(by=request.user, account=found))


@guarded
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.account_of(request.user.organ_id, pk)
    return deed(request, found, "resumed", lambda: actions.resume(by=request.user, account=found))


@guarded
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.account_of(request.user.organ_id, pk)
    row, secret = actions.reset_password(by=request.user, account=found)
    return told_once(request, row, secret)


@guarded
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """`what=factor` lifts the second factor, anything else the lock-out."""
    found = actions.account_of(request.user.organ_id, pk)
    if request.POST.get("what") == "factor":
        return deed(
            request, found, "factor", lambda: actions.lift_second_factor(by=request.user, account=found)
        )
    return deed(request, found, "lifted", lambda: lift_lockout(by=request.user, account=found))


@guarded
@require_POST
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.account_of(request.user.organ_id, pk)
    check_can("roles", by=request.user, account=found)
    form = RolesForm(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, roles_form=form)
    try:
        actions.grant_roles(by=request.user, account=found, roles=form.cleaned_data.get("roles", ()))
    except InvalidAccount as wrong:
        form.add_error("roles", str(wrong))
        return page(request, found, status=422, roles_form=form)
    return deed(request, found, "roles", lambda: None)


@guarded
@require_POST
def reach(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.account_of(request.user.organ_id, pk)
    check_can("reach", by=request.user, account=found)
    form = ReachForm(found, request.POST)
    if not form.is_valid():
        return page(request, found, status=422, reach_form=form)
    try:
        actions.set_reach(by=request.user, account=found, **form.cleaned_data)
    except InvalidAccount as wrong:
        form.add_error(wrong.field or None, str(wrong))
        return page(request, found, status=422, reach_form=form)
    return deed(request, found, "reach", lambda: None)
