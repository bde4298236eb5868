"""What execution tells papers: the application to the court (what is asked, what goes with it), the plan of a deferral.

ACL art. 55; APL art. 66.
"""

from __future__ import annotations

from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import acts_of
from yifa.casework.execution.instalments import plan_of
from yifa.casework.execution.queries import asked
from yifa.casework.instruments.models import ISSUED, Instrument
from yifa.law.execution.papers import COURT_MATERIALS
from yifa.law.forms.amounts import amount
from yifa.law.forms.composing import day_words
from yifa.ledger import clock

APPLICATION, DEFERRAL = "court_application", "deferral"


def of_application(case: Case) -> dict[str, Any]:
    return {"申请执行事项": asked(case), "附件材料": annexes(case)}


def annexes(case: Case) -> list[list[str]]:
    """The sealed papers the court is to have, in the order of the article, each once."""
    sealed = list(Instrument.objects.filter(case=case, state=ISSUED).order_by("serial").defer("text"))
    forms = [form for one in COURT_MATERIALS for form in one.forms if form != APPLICATION]
    chosen = [paper for form in forms for paper in sealed if paper.form == form]
    return [[f"{paper.definition.name}{paper.number}", "1"] for paper in chosen]


def of_deferral(case: Case) -> dict[str, Any]:
    """The plan of instalments of the last approval; empty where it is one day only, or not entered yet."""
    plan = plan_of(case, acts_of(case), 0, clock.today())
    return {"缴款计划": [[amount(one.plan.amount_fen), day_words(one.plan.due_on)] for one in plan.rows]}
