"""Rechecking all open cases of an organ (全部在办案件重新核对): as a job, and every night."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yifa.casework.cases.actions.recheck import recheck_case
from yifa.casework.cases.errors import CaseError
from yifa.casework.cases.models import Case
from yifa.jobs.actions import enqueue
from yifa.jobs.kinds import Result, job_kind
from yifa.jobs.progress import Progress
from yifa.jobs.schedules import register_schedule
from yifa.registry.organs.models import Organ

RECHECK = "recheck_open_cases"


@job_kind(RECHECK, title="全部在办案件重新核对", cancellable=True, by_item=True, alone=True)
def recheck_open_cases(arguments: Mapping[str, Any], progress: Progress) -> Result:
    """Case by case, each in a transaction of its own, so that nobody waits for the whole; `only`: these cases."""
    open_cases = Case.objects.filter(organ_id=progress.organ_code, closed_on=None).order_by("year", "serial")
    numbers = list(arguments.get("only") or open_cases.values_list("no", flat=True))
    changed = 0
    for done, no in enumerate(numbers):
        progress(done, len(numbers), "件")
        try:
            changed += recheck_case(organ_code=progress.organ_code, case_no=no)
        except CaseError as error:
            progress.failed(no, str(error))
    progress(len(numbers), len(numbers), "件")
    words = f"已核对 {len(numbers)} 件在办案件，{changed} 件的核查结果有变化。"
    return Result(words, "/desk/cases/?open=yes")


def every_night() -> None:
    """The law may have a new edition from today on, and days pass: ask again for every organ."""
    for organ in Organ.objects.order_by("code"):
        enqueue(kind=RECHECK, organ=organ, asked_by="")


register_schedule(RECHECK, every_night, at_hour=2)
