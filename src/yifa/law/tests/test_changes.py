"""What changes between two days or two files of the law, in words."""

import tomllib
from datetime import date

import pytest

from yifa.law.changes import between_days, between_packs, with_file
from yifa.law.packs import pack

LAW = pack("120115")
PERIOD = """
[[parameter]]
name = "defence_days"
title = "陈述申辩的期限"
[[parameter.edition]]
value = {value}
unit = "working_day"
statutory = false
confirmed = true
source = "示例文件"
"""


def period(value: int) -> dict:
    return tomllib.loads(PERIOD.format(value=value))


def test_a_file_of_something_else_is_refused():
    with pytest.raises(ValueError, match="没有"):
        with_file(LAW, {"people": []})


def test_a_day_compared_with_itself_has_no_change():
    assert between_days(LAW, date(2024, 5, 1), date(2024, 5, 1)) == []


def test_the_revision_of_2021_changes_ceiling_unit_statute_and_rules():
    found = {(one.kind, one.name): one for one in between_days(LAW, date(2021, 7, 14), date(2021, 7, 15))}
    assert (
        found["parameter", "summary_fine_citizen"].before,
        found["parameter", "summary_fine_citizen"].after,
    ) == ("50元", "200元")
    assert found["parameter", "preservation_days"].after == "7个工作日"
    assert found["statute", "apl"].after == "行政处罚法（2021-07-15起）"
    assert found["rule", "R-APL-60-1"].before == "尚未施行"


def test_two_files_differ_by_their_values_alone():
    (only,) = between_packs(with_file(LAW, period(5)), with_file(LAW, period(3)))
    assert (only.kind, only.name) == ("parameter", "defence_days")
    assert "5个工作日" in only.before and "3个工作日" in only.after


def test_a_matter_whose_range_changes_is_named_with_both_ranges():
    found = between_days(pack("120199"), date(2024, 5, 31), date(2024, 6, 1))
    changed = {one.name: one for one in found if one.kind == "matter"}
    assert set(changed) == {"S901", "S902", "S903"}
    assert changed["S903"].after == "不再处罚"
