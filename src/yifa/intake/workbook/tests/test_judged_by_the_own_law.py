"""A history taken in is judged by the law its organ uses, as everywhere else."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from yifa.intake.workbook.lawful import judge
from yifa.law.scenarios import changed
from yifa.ledger.actions import Actor
from yifa.registry.laws.actions import decide_parameter
from yifa.registry.organs.models import Organ

pytestmark = pytest.mark.django_db(transaction=True)


def offended() -> Counter[str]:
    """Rules offended by a decision two days after the defence period of five working days began."""
    found: Counter[str] = Counter()
    assert judge(early(), found) == []
    return found


def early() -> dict[str, Any]:
    row = {"base": "ordinary", "set": {"decision_made.at": "2024-05-17T10:00:00+08:00"}}
    return changed(row)


def test_a_period_the_organ_has_changed_holds_for_what_it_takes_in():
    organ = Organ.objects.create(code="120115-cgw", name="示例机关", territory="120115", document_prefix="示")
    assert offended()["R-APL-62-1"] == 1
    decide_parameter(
        organ=organ, name="defence_days", value=1, valid_from=date(2024, 1, 1), source="会议纪要（虚构）", note="",
        staff_no="0301", actor=Actor("user:1"),
    )  # fmt: skip
    assert offended()["R-APL-62-1"] == 0


def test_what_is_no_record_is_said_line_by_line():
    record = early()
    record["procedure"] = "none"
    assert any("procedure" in line for line in judge(record, Counter()))
