"""The whole rule book on one record of about 30 acts: records a second on one core, memory before and after."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from typing import Any

EVENTS = 30
SECONDS = 2.0


@dataclass(frozen=True)
class Checked:
    """Records a second: checked, and read before that from their data; how much the process grew, in KiB."""

    rules: int
    events: int
    checked: float
    parsed: float
    grown_kib: int


def measure() -> Checked:
    """Of the sample year the ordinary record nearest to 30 acts; every check must say the same as the first."""
    from yifa.casework.cases.models import Case
    from yifa.casework.cases.queries import record_dict
    from yifa.law import check as law_check
    from yifa.law import record as law_record
    from yifa.law.rules import RULES

    cases = Case.objects.filter(procedure="ordinary").order_by("no")
    raw = record_dict(min(cases, key=lambda case: abs(case.act_count - EVENTS)).no)
    record = law_record.parse(raw)
    first = said(law_check.check(record))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    checked = rate(lambda: law_check.check(record))
    assert said(law_check.check(record)) == first
    parsed = rate(lambda: law_record.parse(raw))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return Checked(len(RULES), len(record.events), checked, parsed, grown)


def said(answer: Any) -> tuple:
    return answer.findings, answer.not_evaluated, answer.deadlines


def rate(work: Any) -> float:
    """Times a second of this thread's own processor time: what else runs on the machine does not count."""
    for _ in range(50):
        work()
    done, begun = 0, time.thread_time()
    while time.thread_time() - begun < SECONDS:
        for _ in range(50):
            work()
        done += 50
    return done / (time.thread_time() - begun)
