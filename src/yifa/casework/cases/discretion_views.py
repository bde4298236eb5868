"""The discretion worksheet (裁量) of a case: from circumstances to an amount with its reasons. It only reads."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.forms.controls import Control
from yifa.casework.cases.likeness import like_cases
from yifa.casework.cases.queries import assemble, get_case
from yifa.casework.cases.views import unknown
from yifa.law.discretion import worksheet
from yifa.law.facts import yuan
from yifa.law.labels import labels
from yifa.law.limits import TIERS
from yifa.law.packs import title_of
from yifa.law.sources import labels_in
from yifa.ledger.clock import now
from yifa.listing.desk import organ_code_of
from yifa.listing.errors import Problem
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of


@login_required
@require_safe
def discretion(request: HttpRequest, no: str) -> HttpResponse:
    """`?tier=ordinary&fine=100`: what the handler has in mind; without them what the facts suggest."""
    organ, at = organ_code_of(request), now()
    try:
        case = get_case(organ, no)
    except UnknownCase:
        return unknown(request, no)
    record = read_record(assemble(case, case.acts.all(), staff_of(organ))[1])
    tier, typed = request.GET.get("tier", ""), request.GET.get("fine", "").strip()
    wrong = {}
    if tier and tier not in TIERS:
        wrong["tier"], tier = gettext("请从阶次中选择"), ""
    fine = read_fine(typed)
    if typed and fine is None:
        wrong["fine"] = gettext("请写金额（元），最多两位小数，例如 100")
    sheet = worksheet(record, at, tier=tier, fine_fen=fine)
    nearest, comparison = like_cases(case, sheet, at, getattr(request, "reach", None))
    context = {
        "case": case, "sheet": sheet, "nearest": nearest, "comparison": comparison, "at": at,
        "controls": controls(sheet.tier, typed or ("" if sheet.fine_fen is None else yuan_text(sheet.fine_fen)), wrong),
        "problems": [(Problem(key, text), True) for key, text in wrong.items()],
        "unconfirmed": [(name, title_of(name)) for name in sheet.assumed],
        "tier_words": labels("tier")[sheet.tier], "proposed_words": labels("tier")[sheet.proposed],
        "bases": labels_in(sheet.matter.basis) if sheet.matter else [],
        "bounds_words": span(*sheet.bounds) if sheet.bounds else "",
        "range_words": span(sheet.limits.min, sheet.limits.max) if sheet.limits else "",
        "fine_words": "" if sheet.fine_fen is None else money(sheet.fine_fen),
        "like": [(one, money(one.fine_fen)) for one in nearest],
    }  # fmt: skip
    return render(request, "cases/discretion.html", context, status=422 if wrong else 200)


def money(fen: int) -> str:
    return gettext("%(amount)s元") % {"amount": yuan(fen).removesuffix("元")}


def span(least: int, most: int) -> str:
    return gettext("%(least)s至%(most)s") % {"least": money(least), "most": money(most)}


def controls(tier: str, fine: str, wrong: dict[str, str]) -> list[Control]:
    return [
        Control(
            name="tier",
            label=gettext("阶次"),
            kind="select",
            values=(tier,),
            options=tuple(labels("tier").items()),
            required=True,
            error=wrong.get("tier", ""),
        ),
        Control(
            name="fine",
            label=gettext("拟罚款（元）"),
            kind="money",
            values=(fine,),
            required=False,
            error=wrong.get("fine", ""),
        ),
    ]


def read_fine(text: str) -> int | None:
    """元 as 分; None for what is no amount."""
    try:
        fen = Decimal(text.replace(",", "")) * 100
        return int(fen) if fen == fen.to_integral_value() and 0 <= fen < 10**12 else None
    except InvalidOperation:
        return None


def yuan_text(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)
