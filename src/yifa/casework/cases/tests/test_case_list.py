# ruff: noqa: DTZ001 - days of the calendar, given their zone one line below
"""The list of cases, asked as the report and as a clerk asks it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from yifa.casework.cases.lists import CASES
from yifa.casework.cases.models import CaseFinding
from yifa.ledger.clock import SHANGHAI
from yifa.listing.tests.registers import act, case, organ

pytestmark = pytest.mark.django_db
YEAR = {"act_from": "2021-01-01", "act_to": "2021-12-31"}


def found(**params: str) -> list[int]:
    """Serials of the cases found, in the order of the list."""
    return [int(row["no"][-4:]) for row in CASES.rows("one", params)]


def test_an_act_outside_the_period_or_of_another_kind_does_not_count():
    owner = organ("one")
    for serial, kind, at in [
        (1, "deliberated", datetime(2021, 1, 1)),
        (2, "deliberated", datetime(2021, 12, 31, 23, 59)),
        (3, "deliberated", datetime(2022, 1, 1)),
        (4, "deliberated", datetime(2020, 12, 31, 23, 59)),
        (5, "legality_reviewed", datetime(2021, 5, 1)),
    ]:
        act(case(owner, serial), kind, at.replace(tzinfo=SHANGHAI))
    assert found(act="deliberated", **YEAR) == [2, 1]
    assert found(act="deliberated") == [4, 3, 2, 1]


def test_a_case_deliberated_twice_is_one_case():
    twice = case(organ("one"), 1)
    act(twice, "deliberated")
    act(twice, "deliberated")
    assert found(act="deliberated", **YEAR) == [1]


def test_conditions_narrow_together():
    owner = organ("one")
    case(owner, 1, opened_on=date(2021, 1, 1), closed_on=date(2021, 3, 1), stage="closed")
    case(owner, 2, opened_on=date(2021, 12, 31), procedure="summary", town="示例镇01")
    case(owner, 3, opened_on=date(2022, 1, 1))
    case(owner, 4)
    assert found(opened_from="2021-01-01", opened_to="2021-12-31") == [2, 1]
    assert found(opened_from="2021-01-01", opened_to="2021-12-31", procedure="ordinary") == [1]
    assert found(closed_to="2021-03-01") == [1]
    assert found(open="yes") == [4, 3, 2]
    assert found(open="no", stage="closed,archived") == [1]
    assert found(town="示例镇01") == [2]
    assert found(town="示例镇0") == []


@pytest.mark.parametrize("typed", ["〔2021〕1号", "[2021]1号", "（2021）１号", "﹝2021﹞1号", "2021-0001"])
def test_a_number_is_found_however_its_brackets_are_typed(typed):
    case(organ("one"), 1)
    case(organ("one"), 2)
    assert found(number=typed) == [1]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'"])
def test_signs_that_mean_something_to_a_database_mean_themselves(typed):
    case(organ("one"), 1, party_name="甲店")
    case(organ("one"), 2, party_name=f"乙{typed}店")
    assert found(party=typed) == [2]


def test_cases_with_a_finding_of_a_rule():
    with_finding = case(organ("one"), 1)
    case(organ("one"), 2)
    for _ in range(2):
        CaseFinding.objects.create(
            organ=organ("one"),
            case=with_finding,
            rule="R-APL-58-1",
            article="",
            severity="blocks",
            message="",
            remedy="",
        )
    assert found(rule="R-APL-58-1") == [1]
    assert found(rule="R-APL-58") == []


def test_the_key_of_a_case_is_its_number():
    case(organ("one"), 1)
    assert list(CASES.keys("one", {})) == ["case:one〔2021〕1号"]


def test_serials_past_ten_thousand_stay_in_order():
    for serial in (9999, 10000):
        case(organ("one"), serial)
    assert [row["no"] for row in CASES.rows("one", {})] == ["2021-10000", "2021-9999"]
