"""What execution knows of the application to the court (强制执行申请书): what is asked, what goes with it. ACL art. 55."""

from __future__ import annotations

from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.execution.queries import asked
from yifa.casework.instruments.models import ISSUED, Instrument
from yifa.law.execution.papers import COURT_MATERIALS

APPLICATION = "court_application"


def of_application(case: Case) -> dict[str, Any]:
    return {"申请执行事项": asked(case), "附件材料": annexes(case)}


def annexes(case: Case) -> list[list[str]]:
    """The sealed papers the court is to have, in the order of the article, each once."""
    sealed = list(Instrument.objects.filter(case=case, state=ISSUED).order_by("serial").defer("text"))
    forms = [form for one in COURT_MATERIALS for form in one.forms if form != APPLICATION]
    chosen = [paper for form in forms for paper in sealed if paper.form == form]
    return [[f"{paper.definition.name}{paper.number}", "1"] for paper in chosen]
