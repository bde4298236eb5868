"""Which rule documents are in force on a day: the last effective operation decides."""

from __future__ import annotations

from datetime import date

import pytest

from yifa.governance.norms.lists import RULE_DOCUMENTS
from yifa.governance.norms.models import RuleDocument
from yifa.listing.tests.registers import organ

pytestmark = pytest.mark.django_db


def operation(kind: str, on: str, effective: str = "", name: str = "办法", code: str = "one") -> None:
    RuleDocument.objects.create(
        organ=organ(code),
        name=name,
        category="disclosure",
        operation=kind,
        on=date.fromisoformat(on),
        effective_on=date.fromisoformat(effective) if effective else None,
    )


def in_force(day: str) -> list[str]:
    return sorted(RULE_DOCUMENTS.keys("one", {"in_force": day}))


def test_a_repealed_rule_is_not_in_force_from_the_day_the_repeal_takes_effect():
    operation("enacted", "2020-01-01")
    operation("repealed", "2021-06-01", effective="2021-07-01")
    assert in_force("2021-06-30") == ["rule_document:办法/2020-01-01"]
    assert in_force("2021-07-01") == []


def test_a_rule_is_not_in_force_before_it_takes_effect():
    operation("enacted", "2021-01-01", effective="2021-03-01")
    assert in_force("2021-02-28") == []
    assert in_force("2021-03-01") == ["rule_document:办法/2021-01-01"]


def test_the_repeal_of_another_organ_changes_nothing():
    operation("enacted", "2020-01-01")
    operation("repealed", "2021-01-01", code="two")
    assert in_force("2021-12-31") == ["rule_document:办法/2020-01-01"]


def test_a_revision_stands_for_the_rule_it_revises():
    operation("enacted", "2020-01-01")
    operation("revised", "2021-01-01")
    operation("retained", "2021-02-01", name="流程")
    assert in_force("2021-12-31") == ["rule_document:办法/2021-01-01", "rule_document:流程/2021-02-01"]


def test_a_rule_repealed_and_enacted_again_is_in_force():
    operation("enacted", "2019-01-01")
    operation("repealed", "2020-01-01")
    operation("enacted", "2021-01-01")
    assert in_force("2020-06-30") == []
    assert in_force("2021-06-30") == ["rule_document:办法/2021-01-01"]


def test_what_was_done_last_counts_when_it_takes_effect_first():
    operation("enacted", "2020-01-01", effective="2022-01-01")
    operation("repealed", "2021-01-01")
    assert in_force("2021-06-30") == []
    assert in_force("2022-01-01") == ["rule_document:办法/2020-01-01"]


def test_a_rule_revised_twice_is_one_name():
    operation("revised", "2021-01-01")
    operation("revised", "2021-02-01")
    assert RULE_DOCUMENTS.count("one", {"operation": "revised"}) == 2
    assert list(RULE_DOCUMENTS.keys("one", {"operation": "revised", "per": "name"})) == ["rule_document:办法"]
