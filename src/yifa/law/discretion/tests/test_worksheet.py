"""The worksheet answers arts 30 to 33 from the record, and never lets a range be passed in silence."""

from typing import Any

import pytest

from yifa.law.discretion import compared, worksheet
from yifa.law.record import moment, parse
from yifa.law.scenarios import base

AT = moment("2024-05-15T08:00:00+08:00")


def record(*, changes: dict[str, Any] | None = None, party: dict[str, Any] | None = None):
    data = base("ordinary")
    data["violation"] |= changes or {}
    data["party"] |= party or {}
    return parse(data)


def test_an_unknown_grade_is_refused():
    with pytest.raises(KeyError):
        worksheet(record(), AT, tier="terrible")


def test_above_the_range_is_not_allowed_with_any_reason():
    found = worksheet(record(), AT, fine_fen=20_001).deviation
    assert found is not None and not found.allowed and "超过法定最高200元" in found.words


def test_below_the_range_without_a_ground_is_not_allowed():
    found = worksheet(record(), AT, fine_fen=4_000).deviation
    assert found is not None and not found.allowed


def test_below_the_range_with_a_ground_is_mitigation_to_be_approved():
    found = worksheet(record(changes={"circumstances": ["harm_reduced"]}), AT, fine_fen=4_000).deviation
    assert found is not None and found.allowed and "减轻" in found.words


def test_outside_the_grade_asks_for_a_reason():
    sheet = worksheet(record(), AT, fine_fen=18_000)
    assert sheet.tier == "ordinary" and sheet.deviation is not None and sheet.deviation.allowed
    assert "（请填写）" in sheet.reasons


def test_a_child_goes_unpunished():
    sheet = worksheet(record(party={"birth_on": "2012-01-01"}), AT)
    assert sheet.outcome == "exempt" and sheet.advised_fen is None
    assert "行政处罚法第三十条" in sheet.reasons and "不予行政处罚" in sheet.reasons


def test_a_first_slight_corrected_offence_may_be_exempted():
    sheet = worksheet(record(changes={"first_offence": True, "corrected_on": "2024-05-06"}), AT)
    assert sheet.outcome == "may_exempt"


def test_a_proof_of_no_fault_exempts():
    assert worksheet(record(changes={"circumstances": ["no_fault"]}), AT).outcome == "exempt"


def test_without_circumstances_the_middle_of_the_grade_is_advised():
    sheet = worksheet(record(), AT)
    assert sheet.bounds == (8_000, 12_500) and sheet.advised_fen == 10_000
    assert sheet.deviation is None and "没有发现" in sheet.reasons


def test_leniency_is_advised_in_the_low_part_of_the_grade():
    sheet = worksheet(record(changes={"circumstances": ["harm_reduced"]}), AT)
    assert sheet.outcome == "lenient" and sheet.advised_fen == 9_000


def test_before_2021_nobody_asks_for_the_first_offence():
    data = base("ordinary_2020")
    asked = [line.question for line in worksheet(parse(data), moment("2020-06-01T08:00:00+08:00")).lines]
    assert not any("初次违法" in question for question in asked)


def test_few_cases_are_not_compared():
    assert compared(10_000, [10_000] * 4).outlier is None


@pytest.mark.parametrize(("fine", "outlier"), [(10_000, False), (12_000, False), (20_000, True)])
def test_a_fine_far_from_the_others_is_marked_with_its_sum(fine, outlier):
    found = compared(fine, [8_000, 9_000, 10_000, 11_000, 12_000])
    assert found.outlier is outlier and "1.4826 × 10.00" in found.words


def test_where_all_others_agree_any_difference_is_marked():
    assert compared(10_001, [10_000] * 6).outlier is True
    assert compared(10_000, [10_000] * 6).outlier is False
