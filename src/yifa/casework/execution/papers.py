"""What execution knows of the application to the court (强制执行申请书): what is asked, what goes with it. ACL art. 55."""

from __future__ import annotations

from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.execution.queries import execution_of
from yifa.casework.instruments.models import ISSUED, Instrument
from yifa.law.execution.papers import COURT_MATERIALS
from yifa.law.forms.amounts import amount
from yifa.ledger import clock

APPLICATION = "court_application"


def of_application(case: Case) -> dict[str, Any]:
    return {"申请执行事项": asked(case), "附件材料": annexes(case)}


def asked(case: Case) -> str:
    """What is still owed, the additional fine by itself; empty where nothing is."""
    now = execution_of(case, clock.now()).now
    if now is None or not now.owed_fen:
        return ""
    words = f"强制执行{now.number}行政处罚决定，尚未缴纳{amount(now.owed_fen)}"
    return words + (f"，其中加处罚款{amount(now.charged_fen)}。" if now.charged_fen else "。")


def annexes(case: Case) -> list[list[str]]:
    """The sealed papers the court is to have, in the order of the article, each once."""
    sealed = list(Instrument.objects.filter(case=case, state=ISSUED).order_by("serial").defer("text"))
    forms = [form for one in COURT_MATERIALS for form in one.forms if form != APPLICATION]
    chosen = [paper for form in forms for paper in sealed if paper.form == form]
    return [[f"{paper.definition.name}{paper.number}", "1"] for paper in chosen]
