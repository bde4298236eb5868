"""`/desk/anchors/`: whose task it is copies the public value of the day into the log; the page shows the latest ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yifa.ledger.actions import Actor
from yifa.ledger.anchor_sources import SOURCES, AnchorRefused, spelt, words_of
from yifa.ledger.anchors import Anchor, latest, record
from yifa.ledger.clock import today
from yifa.site.accounts.roles import AUDIT, roles_of

ENTERS = ("archivist", AUDIT)
SHOWN = 10
NOT_YOURS = gettext_noop("当日公开数值由档案人员或者审计管理员录入。已录入的，“证明”页面上人人可以查看。")


class AnchorForm(forms.Form):
    """As the source prints it; the ledger puts it into the one spelling."""

    source = forms.ChoiceField(
        label=_("来源"),
        choices=[("", _("请选择")), *((name, _(one.words)) for name, one in SOURCES.items())],
        error_messages={"required": _("请选择来源。"), "invalid_choice": _("请从列表中选择来源。")},
    )
    address = forms.CharField(
        label=_("来源的网址（只在选“其他公开来源”时填写）"), max_length=200, required=False,
        error_messages={"max_length": _("网址太长，请核对。")},
    )  # fmt: skip
    issue = forms.CharField(
        label=_("期号或轮次"), max_length=60,
        error_messages={"required": _("请填写期号或轮次。"), "max_length": _("期号太长，请核对。")},
    )  # fmt: skip
    value = forms.CharField(
        label=_("公布的数值"), max_length=400, help_text=_("开奖号码之间用空格或者逗号隔开，特别号码写在最后。"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        error_messages={"required": _("请填写公布的数值。"), "max_length": _("数值太长，请核对。")},
    )  # fmt: skip
    published_on = forms.DateField(
        label=_("公布日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填写公布日期。"), "invalid": _("请填写日期，例如 2026-03-02。")},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anchors(request: HttpRequest) -> HttpResponse:
    """The form and the latest values; the same value once more is as done as the first time."""
    if not enters(request.user):
        raise PermissionDenied(gettext(NOT_YOURS))
    form = AnchorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            found = entered(request.user, **form.cleaned_data)
        except AnchorRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            answer = redirect("anchors")
            answer["Location"] += f"?entered={found.idx}"
            answer.status_code = 303
            return answer
    rows = [Shown(one) for one in latest(SHOWN)]
    done = next((one for one in rows if str(one.anchor.idx) == request.GET.get("entered")), None)
    context = {"form": form, "rows": rows, "done": done}
    return render(request, "anchors.html", context, status=422 if form.errors else 200)


def entered(user: Any, *, source: str, address: str, issue: str, value: str, published_on: date) -> Anchor:
    """Raises AnchorRefused, IntegrityBroken."""
    role = next(one for one in ENTERS if one in roles_of(user))
    told = spelt(source=source, address=address, issue=issue, value=value)
    actor = Actor(f"user:{user.pk}", role=role, organ=user.organ_id or "")
    return record(told=told, published_on=published_on, actor=actor)


def enters(user: Any) -> bool:
    return bool(roles_of(user) & set(ENTERS))


class Shown:
    """A value with its source in words, and whether it is out of date."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor
        self.source = words_of(anchor.source)
        self.stale = anchor.stale(today())


def newest() -> Shown | None:
    return next((Shown(one) for one in latest()), None)
