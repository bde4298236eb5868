"""What a figure is: a named question to a list, with its definition and the period it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum

from django.db.models import QuerySet

from yifa.ledger.clock import SHANGHAI


class Chapter(IntEnum):
    """The four chapters of the annual report."""

    MEASURES = 1
    SHORTCOMINGS = 2
    FIRST_RESPONSIBLE = 3
    NEXT_YEAR = 4


@dataclass(frozen=True)
class Period:
    """A calendar year up to `as_of` (aware, Asia/Shanghai; never later than the last second of the year)."""

    year: int
    as_of: datetime

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day that counts."""
        return self.as_of.date()

    @property
    def ends_a_day(self) -> bool:
        """Whether the last day counts whole, so that dates alone can say what belongs to the period."""
        return self.as_of.time().replace(microsecond=0) == time(23, 59, 59)


def end_of_day(day: date) -> datetime:
    """The last second of a day, Asia/Shanghai."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


Params = Callable[[Period], Mapping[str, str]]


def plain(value: int) -> str:
    return f"{value:,}"


@dataclass(frozen=True)
class Figure:
    """One figure. `page` is the slug of the list behind it, `params` the query string of that list for a period.

    The value is the number of rows, or the sum `total` of the page where that is given. `definition` says in one
    sentence what is counted and by which date; `unit` is the measure word; `shown` writes the value in words, and a
    `{shown}` in the label is replaced by them;
    `until` cuts the rows of a period that ends within a day (rows known only by date are kept);
    `campaign` is the name of the campaign the figure belongs to.
    """

    key: str
    label: str
    definition: str
    chapter: Chapter
    page: str
    params: Params
    unit: str
    total: str = ""
    shown: Callable[[int], str] = plain
    until: Callable[[QuerySet, datetime], QuerySet] | None = None
    campaign: str = ""


def within(column: str, **fixed: str) -> Params:
    """Rows whose date in `column` falls in the period, with further fixed conditions."""

    def params(period: Period) -> Mapping[str, str]:
        return {**fixed, f"{column}_from": period.first.isoformat(), f"{column}_to": period.last.isoformat()}

    return params


def standing(column: str, **fixed: str) -> Params:
    """Rows that hold on the last day of the period."""

    def params(period: Period) -> Mapping[str, str]:
        return {**fixed, column: period.last.isoformat()}

    return params


def always(**fixed: str) -> Params:
    """Rows of a register that has no dates: as it stands."""
    return lambda period: fixed
