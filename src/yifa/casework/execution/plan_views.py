"""The plan of instalments on the page of execution: typed one line an instalment, kept where it is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yifa.casework.cases.errors import CaseArchived
from yifa.casework.cases.forms.reading import Wrong, money
from yifa.casework.cases.forms.typed import half_width
from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import refusal
from yifa.casework.execution.errors import PlanRefused
from yifa.casework.execution.instalments import Plan, enter_plan, plan_of
from yifa.casework.execution.queries import Execution, execution_of
from yifa.law.execution.instalments import ARTICLE, Instalment
from yifa.ledger import clock
from yifa.ledger.actions import actor_of
from yifa.ledger.written import written_day
from yifa.listing.columns import yuan
from yifa.listing.desk import see_other

MOST = 36
FORM = "一行一期，先写日期，空一格写金额（元），例如：2026-11-30 500"


def read(text: str) -> tuple[list[Instalment], list[str]]:
    """The lines typed, and what is wrong with them by number."""
    found, wrong = [], []
    lines = [line.split() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        return [], [f"最多{MOST}期"]
    for number, parts in enumerate(lines, start=1):
        try:
            day, amount = parts
            found.append(Instalment(written_day(half_width(day)), money("plan", "金额", amount)))
        except (ValueError, Wrong):
            wrong.append(f"第{number}行“{' '.join(parts)[:40]}”读不出来。{FORM}")
    return found, wrong


def post(request: HttpRequest, case: Case, person: Any) -> tuple[HttpResponse | None, list[str], int]:
    """(answer where it was entered, else None; faults; status)."""
    refused = refusal("fine_collected", person, case, list(execution_of(case, clock.now()).acts))
    if refused or person is None:
        return None, [refused or ""], 403
    plan, wrong = read(request.POST.get("plan", ""))
    if wrong:
        return None, wrong, 422
    actor = actor_of(request.user, role="handler", organ=case.organ_id)
    try:
        enter_plan(case=case, plan=plan, by=person["id"], actor=actor)
    except PlanRefused as error:
        return None, error.reasons, 422
    except CaseArchived as error:
        return None, [str(error)], 409
    return see_other(f"{reverse('case-execution', args=[case.no])}?done=plan#plan"), [], 303


def shown(found: Execution, day: date) -> dict[str, Any]:
    """The plan in words for the page."""
    plan: Plan = plan_of(found.case, list(found.acts), found.now.owed_fen if found.now else 0, day)
    rows = [(one, yuan(one.plan.amount_fen), yuan(one.paid_fen), yuan(one.left_fen)) for one in plan.rows]
    return {
        "plan": plan, "instalments": rows, "plan_form": FORM, "plan_article": ARTICLE,
        "in_default": yuan(sum(one.left_fen for one in plan.defaults)) if plan.defaults else "",
    }  # fmt: skip
