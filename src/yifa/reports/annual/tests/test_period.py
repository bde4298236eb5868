"""Which moment a report counts up to."""

from __future__ import annotations

from datetime import datetime

import pytest

from yifa.ledger.clock import SHANGHAI
from yifa.reports.annual.period import BadReportPeriod, period_of

NOW = datetime(2022, 6, 15, 10, 30, 5, 123, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "year", ["1999", "2023", "0", "-1", "两千", "2021.0", "", "２０２１", "99999999999999999999"]
)
def test_a_year_that_is_none_or_has_not_begun_is_refused_with_the_years_allowed(year):
    with pytest.raises(BadReportPeriod, match="2000 至 2022"):
        period_of(year, now=NOW)


@pytest.mark.parametrize(
    "as_of",
    ["昨天", "2021-13-01", "2021/06/30", "20210630T99", "9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00"],
)
def test_an_as_of_that_is_no_moment_is_refused_with_an_example(as_of):
    with pytest.raises(BadReportPeriod, match="2021-06-30T12:00:00"):
        period_of("2021", now=NOW, as_of=as_of)


def test_an_as_of_before_the_year_is_refused():
    with pytest.raises(BadReportPeriod, match="早于 2021 年"):
        period_of("2021", now=NOW, as_of="2020-12-31")


@pytest.mark.parametrize(
    ("year", "as_of", "expected"),
    [
        ("2021", "", "2021-12-31T23:59:59+08:00"),
        ("2022", "", "2022-06-15T10:30:05+08:00"),
        ("2021", "2021-06-30", "2021-06-30T23:59:59+08:00"),
        ("2021", "2021-06-30T12:00", "2021-06-30T12:00:00+08:00"),
        ("2021", "2021-06-30T16:30:00+00:00", "2021-07-01T00:30:00+08:00"),
        ("2021", "2022-03-01", "2021-12-31T23:59:59+08:00"),
        ("2022", "2022-12-31", "2022-06-15T10:30:05+08:00"),
    ],
)
def test_counting_ends_with_the_year_or_now_or_the_day_asked_for(year, as_of, expected):
    assert period_of(year, now=NOW, as_of=as_of).as_of.isoformat() == expected
