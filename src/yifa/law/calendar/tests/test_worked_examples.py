"""The worked examples T01–T76, case by case; what a calendar cannot say alone stands in the tests below."""

import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

from yifa.law.calendar import deadline
from yifa.law.calendar.surcharge import additional_fine
from yifa.law.check import check
from yifa.law.packs import pack
from yifa.law.record import parse

SAMPLE = pack("120199")
CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['topic']}")
def test_a_period_ends_on_the_expected_day(case):
    answer = deadline(
        start=case["start"],
        length=case["length"],
        unit=case["unit"],
        roll=case.get("roll", False),
        before=case.get("before", False),
        holidays=SAMPLE.holidays,
        excluded=[tuple(span) for span in case.get("excluded", [])],
    )
    assert (answer.due_at if isinstance(case["due"], datetime) else answer.due_on) == case["due"]
    assert not answer.provisional
    assert answer.why


def surcharge(yuan, due_on, until_on, pauses=()):
    day = due_on
    return additional_fine(
        fine_fen=yuan * 100,
        percent_per_day=SAMPLE.param("additional_fine_percent_per_day", day).value,
        cap_percent=SAMPLE.param("additional_fine_cap_percent", day).value,
        due_on=due_on,
        until_on=until_on,
        pauses=pauses,
    )


def test_t69_the_additional_fine_counts_each_late_day():
    assert surcharge(2000, date(2021, 10, 8), date(2021, 10, 20)) == 720_00
    assert surcharge(2000, date(2021, 10, 8), date(2021, 10, 8)) == 0


def test_t70_the_additional_fine_stops_at_the_fine_on_day_34():
    assert surcharge(500, date(2022, 3, 1), date(2022, 4, 10)) == 500_00
    assert surcharge(500, date(2022, 3, 1), date(2022, 4, 3)) == 495_00
    assert surcharge(500, date(2022, 3, 1), date(2022, 4, 4)) == 500_00


def test_t71_days_of_reconsideration_are_not_counted():
    pause = (date(2022, 3, 11), date(2022, 5, 10))
    assert surcharge(1000, date(2022, 3, 1), date(2022, 5, 20), [pause]) == 570_00


def time_barred(began_on, ended_on, discovered_on, **violation):
    """Does the rule on limitation speak at the opening?"""
    record = {
        "format": "yifa-record/1",
        "agency": {"id": "a", "name": "示例区城市管理委员会", "territory": "120199"},
        "number": None,
        "matter": "M074",
        "procedure": "ordinary",
        "party": {"kind": "legal_person", "name": "示例公司"},
        "violation": {
            "place": "示例路1号", "territory": "120199", "began_on": began_on, "ended_on": ended_on,
            "discovered_on": discovered_on, "harm": "none", "facts": [], **violation,
        },
        "people": [{"id": "1", "name": "甲", "roles": ["head"]}],
        "events": [
            {"at": f"{discovered_on}T16:00:00+08:00", "kind": "opening_approved", "by": [], "approved_by": "1"}
        ],
    }  # fmt: skip
    return "R-APL-36-1" in {finding.rule for finding in check(parse(record)).findings}


def test_t72_discovery_on_the_anniversary_is_in_time_and_the_day_after_is_not():
    assert not time_barred("2019-07-22", "2019-07-22", "2021-07-22")
    assert time_barred("2019-07-22", "2019-07-22", "2021-07-23")


def test_t73_five_years_where_safety_was_harmed():
    safety = {"safety_related": True, "harm": "serious"}
    assert not time_barred("2021-08-10", "2021-08-10", "2026-08-10", **safety)
    assert time_barred("2021-08-10", "2021-08-10", "2026-08-11", **safety)


def test_t74_an_act_that_continues_has_not_begun_to_lapse():
    assert not time_barred("2018-05-01", None, "2023-06-01")
    assert time_barred("2018-05-01", "2018-05-01", "2023-06-01")


def test_every_example_is_here():
    told = {case["id"][:3] for case in CASES}
    assert told | {"T69", "T70", "T71", "T74"} == {f"T{number:02d}" for number in range(1, 77)}
