"""Working days and deadlines: when a period ends, and why."""

from __future__ import annotations

from datetime import date

from yifa.law.calendar.deadlines import SHANGHAI, UNITS, Deadline, add_months, deadline, local_day, rolled
from yifa.law.calendar.errors import BadPeriod
from yifa.law.calendar.holidays import HolidayTable
from yifa.law.calendar.spans import Span, days_inside, merged


def add_working_days(start: date, count: int, holidays: HolidayTable) -> date:
    """The `count`-th working day after `start` (before it where negative)."""
    return holidays.add(start, count)


def working_days_between(start: date, end: date, holidays: HolidayTable) -> int:
    """Full working days strictly between two days, both ends excluded."""
    return holidays.count_between(start, end)


def working_days_after(start: date, end: date, holidays: HolidayTable) -> int:
    """Working days later than `start`, up to and including `end`."""
    return holidays.count(start, end)


__all__ = [
    "SHANGHAI",
    "UNITS",
    "BadPeriod",
    "Deadline",
    "HolidayTable",
    "Span",
    "add_months",
    "add_working_days",
    "days_inside",
    "deadline",
    "local_day",
    "merged",
    "rolled",
    "working_days_after",
    "working_days_between",
]
