"""Days and moments as people write them: what no register can hold is refused before anything reckons with it."""

from __future__ import annotations

from datetime import date

import pytest

from yifa.ledger.written import FarYear, written_day, written_moment


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
def test_a_day_of_another_age_is_refused(text):
    with pytest.raises(FarYear):
        written_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59-12:00",
        "0001-01-01T00:00+14:00",
        "0001-01-01",
        "1899-12-31T23:59",
        "3000-01-01T00:00",
    ],
)
def test_a_moment_of_another_age_is_refused(text):
    with pytest.raises(FarYear):
        written_moment(text)


@pytest.mark.parametrize("text", ["", "昨天", "2021-02-30"])
def test_what_is_no_day_is_no_moment_either(text):
    for read in (written_day, written_moment):
        with pytest.raises(ValueError, match=r".*") as found:
            read(text)
        assert not isinstance(found.value, FarYear)


def test_the_first_and_the_last_year_are_read_in_the_time_of_the_desk():
    assert written_day("1900-01-01") == date(1900, 1, 1) and written_day("2999-12-31").year == 2999
    assert written_moment("2021-08-20 09:30").isoformat() == "2021-08-20T09:30:00+08:00"
    assert written_moment("2021-08-20T01:30Z").isoformat() == "2021-08-20T09:30:00+08:00"
