"""The holiday tables agree with two calendars other people keep, day by day."""

from datetime import date, timedelta

import chinese_calendar
import holidays as other_calendars
import pytest

from yifa.law.packs import pack

TABLE = pack("120115").holidays
YEARS = range(2021, 2027)


def days_of(year):
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


def test_every_year_of_the_tables_is_compared():
    assert TABLE.years == tuple(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_working_days_are_those_of_chinesecalendar(year):
    assert [
        day for day in days_of(year) if TABLE.is_working_day(day) != chinese_calendar.is_workday(day)
    ] == []


@pytest.mark.parametrize("year", YEARS)
def test_days_off_and_make_up_days_are_those_of_holidays(year):
    other = other_calendars.country_holidays("CN", years=range(year - 1, year + 2))
    assert [day for day in days_of(year) if TABLE.is_working_day(day) != other.is_working_day(day)] == []


@pytest.mark.parametrize("year", YEARS)
def test_a_day_off_has_a_reason_and_a_working_day_has_none(year):
    for day in days_of(year):
        assert bool(TABLE.rest_reason(day)) != TABLE.is_working_day(day)


def test_new_years_eve_is_worked_in_2024_only():
    eves = [
        date(2021, 2, 11),
        date(2022, 1, 31),
        date(2023, 1, 21),
        date(2024, 2, 9),
        date(2025, 1, 28),
        date(2026, 2, 16),
    ]
    assert [TABLE.is_working_day(day) for day in eves] == [False, False, False, True, False, False]
