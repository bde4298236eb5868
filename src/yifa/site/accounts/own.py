"""One's own account: password, second factor, staying logged in, the organ a supervisor looks at."""

from __future__ import annotations

import base64
from io import BytesIO

import segno
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as verified
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from yifa.listing.desk import see_other
from yifa.registry.organs.models import Organ
from yifa.site.accounts.actions import change_own_password, set_second_factor
from yifa.site.accounts.forms import CodeForm, OwnPasswordForm
from yifa.site.accounts.gate import CHOSEN, refused
from yifa.site.accounts.idle import left, touch

RECOVERY_CODES = 10
OFF_IN_THE_DEMO = "演示账号不设二次验证。正式账号在这里设置。"


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the account end, this one stays."""
    if request.user.demo:
        return refused(request, "演示账号的密码是公开的，不能更改。正式账号在这里更改密码。")
    form = OwnPasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = change_own_password(request.user, password=form.cleaned_data["new"])
        update_session_auth_hash(request, row)
        return see_other("workbench")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/password.html", {"form": form}, status=status)


def waiting_device(request: HttpRequest) -> TOTPDevice | None:
    """The authenticator being set up: its secret exists, its first code has not been typed."""
    return TOTPDevice.objects.filter(user_id=request.user.pk, confirmed=False).first()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """`step`: start makes the secret, confirm takes the first code, remove gives it up (with a code)."""
    if request.user.demo:
        return refused(request, OFF_IN_THE_DEMO)
    step = request.POST.get("step") if request.method == "POST" else None
    if step == "start" and not request.user.second_factor:
        with transaction.atomic():
            TOTPDevice.objects.filter(user_id=request.user.pk, confirmed=False).delete()
            TOTPDevice.objects.create(user_id=request.user.pk, name="验证器", confirmed=False)
        return see_other("account-second-factor")
    form = CodeForm(request.POST if step in ("confirm", "remove") else None)
    if step == "confirm" and not request.user.second_factor and form.is_valid():
        device = waiting_device(request)
        if device is not None and device.verify_token(form.cleaned_data["code"]):
            return set_up(request, device)
        form.add_error("code", "验证码不对或已过期。请核对手机时间，填写验证器现在显示的 6 位数字。")
    if step == "remove" and request.user.second_factor and form.is_valid():
        if may_remove(request, form.cleaned_data["code"]):
            return removed(request)
        form.add_error("code", "验证码不对，或按规定不能取消。丢了验证器请安全管理员解除。")
    context = {
        "form": form, "device": waiting_device(request), "required": settings.SECOND_FACTOR == "required",
        "key": key_of(waiting_device(request)), "on": request.user.second_factor,
    }  # fmt: skip
    return render(request, "accounts/second_factor.html", context, status=422 if form.errors else 200)


def key_of(device: TOTPDevice | None) -> str:
    """The secret as an authenticator takes it by hand, in groups of four."""
    if device is None:
        return ""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def set_up(request: HttpRequest, device: TOTPDevice) -> HttpResponse:
    """Confirmed: the recovery codes on this answer, once. This session counts as verified."""
    with transaction.atomic():
        device.confirmed = True
        device.save()
        StaticDevice.objects.filter(user_id=request.user.pk).delete()
        static = StaticDevice.objects.create(user_id=request.user.pk, name="恢复码")
        codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create([StaticToken(device=static, token=code) for code in codes])
    row = set_second_factor(request.user, on=True)
    update_session_auth_hash(request, row)
    verified(request, device)
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def may_remove(request: HttpRequest, code: str) -> bool:
    if settings.SECOND_FACTOR == "required":
        return False
    device = TOTPDevice.objects.filter(user_id=request.user.pk, confirmed=True).first()
    return device is not None and device.verify_is_allowed()[0] and device.verify_token(code)


def removed(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=request.user.pk).delete()
        StaticDevice.objects.filter(user_id=request.user.pk).delete()
    update_session_auth_hash(request, set_second_factor(request.user, on=False))
    return see_other("account-second-factor")


@login_required
@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The secret being set up as a picture an authenticator scans; 404 once it is confirmed."""
    device = waiting_device(request)
    if device is None:
        raise Http404
    out = BytesIO()
    segno.make(device.config_url, error="m").save(
        out, kind="svg", scale=5, border=4, dark="#000", light="#fff"
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """Seconds left, as JSON; POST says that somebody is there."""
    if request.method == "POST":
        touch(request)
    return JsonResponse({"left": left(request)})


@login_required
@require_POST
def look_at(request: HttpRequest) -> HttpResponse:
    """A supervisor turns to one of the organs named for the account, or back to the own one."""
    wanted = request.POST.get("organ", "")
    reach = getattr(request, "reach", None)
    if reach is None or wanted not in reach.organs:
        return refused(request, "没有指定您查看这个机关。需要查看请联系安全管理员。")
    request.session[CHOSEN] = wanted
    return see_other("workbench")


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What one's account is, and where to change it."""
    reach = getattr(request, "reach", None)
    organs = Organ.objects.filter(code__in=reach.organs) if reach and len(reach.organs) > 1 else ()
    return render(request, "accounts/me.html", {"organs": organs, "reach": reach})
