"""A legality review for tests of whole cases: submitted by the handler, all seven points passed by the reviewer."""

from __future__ import annotations

from typing import Any

from django.test import Client

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.proposals.tests.asking import proposed
from yifa.law.review import POINTS

PASSED = {f"verdict.{one.key}": "pass" for one in POINTS}


def reviewed(handler: Client, reviewer: Client, case: Case, words: str = "") -> Act:
    sent = proposed(handler, case, "legality-reviewed", by=["0101", "0102"])
    before = Act.objects.filter(case=case).count()
    said = {"do": "opine", "expected": str(before), "opinion": "agree", "last_words": words}
    answer: Any = reviewer.post(f"/desk/reviews/{sent.no}/", {**said, **PASSED})
    assert answer.status_code == 303, desk.main_of(answer)[:3000]
    return Act.objects.get(case=case, seq=before + 1)
