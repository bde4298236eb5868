"""Which day is a working day (工作日): weekends, statutory holidays and make-up working days (调休上班).

APL art. 85 counts 2, 3, 5 and 7 days in working days; the yearly notice of the State Council decides which those are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from yifa.law.calendar.errors import BadPeriod

FIRST_YEAR, LAST_YEAR = 1990, 2100
WEEKEND = "周末"
_BASE = date(FIRST_YEAR, 1, 1).toordinal()
_END = date(LAST_YEAR, 12, 31).toordinal()


class HolidayTable:
    """Immutable table of days off. Years without a table count by weekends alone and are provisional (暂定)."""

    def __init__(self, *, years: Iterable[int], rest: Mapping[date, str], work: Iterable[date]) -> None:
        self._years = frozenset(years)
        self._rest = dict(rest)
        self._work = frozenset(work)
        both = self._work & self._rest.keys()
        if both:
            raise ValueError(f"both off and working: {sorted(both)}")

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> HolidayTable:
        """Table from `[year.YYYY] rest = [[from, to, name]], work = [day]`; days are ISO strings."""
        rest: dict[date, str] = {}
        work: set[date] = set()
        for table in data["year"].values():
            for first, last, name in table["rest"]:
                day, end = date.fromisoformat(first), date.fromisoformat(last)
                while day <= end:
                    rest[day] = name
                    day += timedelta(days=1)
            work.update(date.fromisoformat(day) for day in table["work"])
        return cls(years=map(int, data["year"]), rest=rest, work=work)

    @property
    def years(self) -> tuple[int, ...]:
        """Years with a table, in order."""
        return tuple(sorted(self._years))

    def has_year(self, year: int) -> bool:
        return year in self._years

    def is_working_day(self, day: date) -> bool:
        return day in self._work or (day.weekday() < 5 and day not in self._rest)

    def is_make_up_day(self, day: date) -> bool:
        """A Saturday or Sunday that is worked (调休上班)."""
        return day in self._work

    def rest_reason(self, day: date) -> str | None:
        """Name of the holiday, 周末, or None for a working day."""
        return None if self.is_working_day(day) else self._rest.get(day, WEEKEND)

    @cached_property
    def _arrays(self) -> tuple[list[int], list[int]]:
        """(ordinals of all working days, number of working days up to each day); index 0 is 1 January 1990."""
        rest = {day.toordinal() for day in self._rest}
        work = {day.toordinal() for day in self._work}
        working: list[int] = []
        upto: list[int] = []
        for ordinal in range(_BASE, _END + 1):
            if ordinal in work or ((ordinal - 1) % 7 < 5 and ordinal not in rest):
                working.append(ordinal)
            upto.append(len(working))
        return working, upto

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it where negative). Raises BadPeriod outside 1990–2100."""
        working, upto = self._arrays
        before = upto[_index(day)] if count > 0 else self._before(day)
        position = before + count - 1 if count > 0 else before + count
        if not 0 <= position < len(working):
            raise _outside()
        return date.fromordinal(working[position])

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 where `end` is not later."""
        upto = self._arrays[1]
        return max(0, upto[_index(end)] - upto[_index(start)])

    def count_between(self, start: date, end: date) -> int:
        """Working days strictly between the two days."""
        return max(0, self._before(end) - self._arrays[1][_index(start)])

    def _before(self, day: date) -> int:
        index = _index(day)
        return self._arrays[1][index - 1] if index else 0


def _index(day: date) -> int:
    ordinal = day.toordinal()
    if not _BASE <= ordinal <= _END:
        raise _outside()
    return ordinal - _BASE


def _outside() -> BadPeriod:
    return BadPeriod(f"日期超出可计算的范围：工作日只能在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间计算")
