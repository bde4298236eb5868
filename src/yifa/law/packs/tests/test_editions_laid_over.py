"""An edition an organ decides on is laid over those shipped; the days before it keep what they had."""

from dataclasses import replace
from datetime import date

import pytest

from yifa.law.packs import UnknownParameter, pack

DAY = date(2026, 3, 1)


def edition(name: str = "defence_days", **changes):
    shipped = pack("120115").editions[name][-1]
    return replace(shipped, **{"valid_from": DAY, "valid_to": None, "confirmed": True, **changes})


def test_a_parameter_that_does_not_exist_is_refused():
    with pytest.raises(UnknownParameter):
        pack("120115").with_editions({"no_such": [edition()]})


def test_the_days_before_keep_the_value_they_had():
    law = pack("120115").with_editions({"defence_days": [edition(value=3)]})
    assert law.param("defence_days", date(2026, 2, 28)).value == 5
    assert law.param("defence_days", DAY).value == 3
    assert pack("120115").param("defence_days", DAY).value == 5


def test_an_edition_with_an_end_gives_way_again():
    law = pack("120115").with_editions({"defence_days": [edition(value=3, valid_to=date(2026, 3, 31))]})
    values = [law.param("defence_days", date(2026, month, 1)).value for month in (2, 3, 4)]
    assert values == [5, 3, 5]


def test_an_edition_inside_dated_ones_overlaps_none():
    law = pack("120115").with_editions(
        {"hearing_request_days": [edition("hearing_request_days", value=6, valid_from=date(2020, 1, 1))]}
    )
    found = law.editions["hearing_request_days"]
    assert all(
        a.valid_to is not None and a.valid_to < b.valid_from for a, b in zip(found, found[1:], strict=False)
    )


def test_a_year_of_holidays_takes_the_place_of_a_missing_one():
    law = pack("120115").with_editions(
        holidays={"2039": {"rest": [["2039-01-03", "2039-01-05", "元旦"]], "work": ["2039-01-08"]}}
    )
    assert law.holidays.has_year(2039) and not pack("120115").holidays.has_year(2039)
    assert not law.holidays.is_working_day(date(2039, 1, 4)) and law.holidays.is_working_day(date(2039, 1, 8))
    assert law.holidays.has_year(2024)
