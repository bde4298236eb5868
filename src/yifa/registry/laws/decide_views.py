"""Deciding about the organ's law at the desk: confirm or change a parameter, confirm a deadline that moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yifa.law.packs import Parameter, UnknownParameter
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import today
from yifa.ledger.written import written_day
from yifa.listing.desk import see_other
from yifa.listing.errors import Problem
from yifa.registry.laws.actions import confirm_move, current_edition, decide_parameter
from yifa.registry.laws.errors import BadValue
from yifa.registry.laws.models import MovedDeadline
from yifa.registry.laws.pages import shown_parameter
from yifa.registry.laws.queries import law_of, moves_of
from yifa.registry.laws.values import read_value, typed_value
from yifa.registry.laws.views import cases_seen, deciding_role, may_confirm_moves, organ_of

WHO = "参数由负责人或者领导小组办公室确认，须本人登录。"
NO_PERSON = "您的账号没有对应本机关的人员，不能确认。请系统管理员在账号中填写人员。"
NOT_YOURS = "变动的期限由承办人、负责人或者领导小组办公室确认，须本人登录。"


@dataclass(frozen=True)
class Control:
    """One control of the form (components/field.html)."""

    name: str
    label: str
    kind: str
    value: str
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def parameter(request: HttpRequest, name: str) -> HttpResponse:
    """The form; posted, a new edition (303), what is wrong (422), or why this person may not (403)."""
    organ, role = organ_of(request), deciding_role(request)
    try:
        current = current_edition(organ, name, today())
    except UnknownParameter:
        return render(request, "laws/no_article.html", {"label": name, "on": ""}, status=404)
    if request.method != "POST":
        return page(request, current, first(current), status=200, may=role)
    if not role:
        return page(request, current, first(current), status=403, may="", refused=WHO)
    typed = {
        key: request.POST.get(key, "").replace("\x00", "").strip()
        for key in ("value", "valid_from", "source", "note")
    }
    try:
        day = read_day(typed["valid_from"])
        decide_parameter(
            organ=organ, name=name, value=read_value(typed["value"], current), valid_from=day,
            source=typed["source"], note=typed["note"], staff_no=request.user.person.staff_no,
            actor=actor_of(request.user, role=role, organ=organ.code),
        )  # fmt: skip
    except BadValue as error:
        return page(request, current, typed, status=422, may=role, wrong={error.name: str(error)})
    messages.success(request, _("已记录新的版本。以前的版本保留，不能改。"))
    return see_other("law-parameter", name)


def read_day(text: str) -> date | None:
    if not text:
        return None
    try:
        return written_day(text)
    except ValueError:
        raise BadValue("valid_from", "请写日期，例如 2026-03-01；不填表示从这一版本的起日算") from None


def first(current: Parameter) -> dict[str, str]:
    return {"value": typed_value(current), "valid_from": "", "source": "", "note": ""}


def page(
    request: HttpRequest,
    current: Parameter,
    typed: dict[str, str],
    *,
    status: int,
    may: str,
    wrong: dict[str, str] | None = None,
    refused: str = "",
) -> HttpResponse:
    errors, organ = wrong or {}, organ_of(request)
    options = (("是", "是"), ("否", "否")) if current.unit == "flag" else ()
    kinds: dict[str, Any] = {"value": "select" if options else "text", "valid_from": "date"}
    labels = {
        "value": "值（同现在的值为确认，不同为改变）",
        "valid_from": "自哪一天起（确认时可不填）",
        "source": "依据",
        "note": "说明（可不填）",
    }
    controls = [
        Control(
            key,
            label,
            kinds.get(key, "text"),
            typed[key],
            errors.get(key, ""),
            options if key == "value" else (),
        )
        for key, label in labels.items()
    ]
    context = {
        "parameter": current,
        "shown": shown_parameter(
            current.name, law_of(organ.code, organ.territory).editions[current.name], today()
        ),
        "controls": controls if may and not (current.statutory and current.confirmed) else (),
        "may": may,
        "who": WHO,
        "refused": refused,
        "problems": [(Problem(key, text), True) for key, text in errors.items()],
    }
    return render(request, "laws/parameter.html", context, status=status)


@login_required
@require_POST
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    """One moved deadline seen and confirmed by the person logged in."""
    organ, person = organ_of(request), request.user.person
    if person is None or person.organ_id != organ.code:
        return render(request, "laws/refused.html", {"refused": NO_PERSON}, status=403)
    if not may_confirm_moves(request):
        return render(request, "laws/refused.html", {"refused": NOT_YOURS}, status=403)
    actor = actor_of(request.user, role=next(iter(person.role_keys()), ""), organ=organ.code)
    try:
        moves_of(organ.code, cases_seen(request)).get(pk=key)
        confirm_move(organ=organ, key=key, staff_no=person.staff_no, actor=actor)
    except MovedDeadline.DoesNotExist:
        return render(request, "laws/no_article.html", {"label": str(key), "on": ""}, status=404)
    return see_other("law-holidays")
