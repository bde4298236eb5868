"""When does a period end? Day 0 is not counted; months end on the same-numbered day; hours run without stopping.

APL art. 85, ACL art. 69, ARL art. 88, CPL art. 85. Nothing rolls to a working day unless asked.
"""

from __future__ import annotations

import calendar as months_of
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cached_property

from yifa.law.calendar.errors import BadPeriod
from yifa.law.calendar.holidays import HolidayTable
from yifa.law.calendar.spans import DAY, Span, days_inside, merged

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
BEYOND = "期限太长，超出公历可表示的日期"
UNITS = ("working_day", "day", "month", "year", "hour")


@dataclass(frozen=True)
class Deadline:
    """A computed period. `due_on` is its last day (`before`: the latest day of the act), `due_at` for hours.

    `provisional` (暂定): a year that mattered has no holiday table. `skipped` and `why` are worked out when asked for.
    """

    starts_on: date
    length: int
    unit: str
    roll: bool
    before: bool
    due_on: date
    nominal_on: date
    provisional: bool
    excluded: tuple[Span, ...] = ()
    starts_at: datetime | None = None
    due_at: datetime | None = None
    holidays: HolidayTable = field(repr=False, compare=False, kw_only=True)

    @cached_property
    def skipped(self) -> tuple[Span, ...]:
        """Rest days passed over: all of them for working days, those rolled over for the other units."""
        if self.unit == "working_day":
            first, last = sorted((self.starts_on, self.due_on))
            return _rest_spans(self.holidays, first + DAY, last - DAY)
        first, last = sorted((self.nominal_on, self.due_on))
        if first == last:
            return ()
        return _rest_spans(self.holidays, first, last)

    @cached_property
    def why(self) -> str:
        """The counting in Chinese, so that a person with a calendar can follow it."""
        from yifa.law.calendar.explanation import explain

        return explain(self)

    def as_json(self) -> dict[str, object]:
        """The object of record.md: ISO dates; `due_at` in place of `due_on` for hours."""
        due: dict[str, object] = {"due_on": self.due_on.isoformat()}
        if self.starts_at is not None and self.due_at is not None:
            due = {"starts_at": self.starts_at.isoformat(), "due_at": self.due_at.isoformat()}
        return {
            "starts_on": self.starts_on.isoformat(),
            "length": self.length,
            "unit": self.unit,
            "roll": self.roll,
            **due,
            "skipped": [span.as_json() for span in self.skipped],
            "excluded": [span.as_json() for span in self.excluded],
            "provisional": self.provisional,
            "why": self.why,
        }


def deadline(
    *,
    start: date | datetime,
    length: int,
    unit: str,
    roll: bool = False,
    before: bool = False,
    holidays: HolidayTable,
    excluded: Iterable[Span | tuple[date, date]] = (),
) -> Deadline:
    """The last day of `length` units after `start`, or with `before` the latest day that leaves them all free.

    `start` is day 0; a moment counts as its day in Asia/Shanghai (hours: as the moment itself). `before` demands
    `length` full units strictly between the answer and `start`. `roll` moves a last day that is a rest day to the
    next working day (`before`: to the working day before it). `excluded` spans, both ends in, are not counted.
    Raises BadPeriod.
    """
    spans = merged(excluded)
    _demand(start, length, unit, before=before, spans=spans)
    if unit == "hour":
        assert isinstance(start, datetime)
        return _hours(start, length, before=before, roll=roll, holidays=holidays)
    day = local_day(start)
    try:
        nominal = (
            _back(day, length, unit, holidays) if before else _forward(day, length, unit, holidays, spans)
        )
        due = rolled(nominal, holidays, back=before) if roll else nominal
    except OverflowError as error:
        raise BadPeriod(BEYOND) from error
    return Deadline(
        starts_on=day, length=length, unit=unit, roll=roll, before=before, due_on=due, nominal_on=nominal,
        provisional=_provisional(unit, roll, day, nominal, due, holidays), excluded=spans, holidays=holidays,
    )  # fmt: skip


def local_day(moment: date | datetime) -> date:
    """The day of a moment in Asia/Shanghai; a moment without offset is taken as Shanghai time."""
    return local_moment(moment).date() if isinstance(moment, datetime) else moment


def local_moment(moment: datetime) -> datetime:
    """The moment with the offset of Asia/Shanghai. Raises BadPeriod at the ends of the calendar."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=SHANGHAI)
    try:
        return moment.astimezone(SHANGHAI)
    except OverflowError as error:
        raise BadPeriod(BEYOND) from error


def add_months(day: date, count: int) -> date:
    """The same-numbered day `count` months later, else that month's last day. Raises BadPeriod past year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise BadPeriod(BEYOND)
    return date(year, month + 1, min(day.day, months_of.monthrange(year, month + 1)[1]))


def rolled(day: date, holidays: HolidayTable, *, back: bool = False) -> date:
    """The day itself where it is a working day, else the next one (the one before with `back`)."""
    while not holidays.is_working_day(day):
        day += -DAY if back else DAY
    return day


def _demand(start: date | datetime, length: int, unit: str, *, before: bool, spans: tuple[Span, ...]) -> None:
    if unit not in UNITS:
        raise BadPeriod(f"不认识的单位 {unit}：可用 {'、'.join(UNITS)}")
    if isinstance(length, bool) or not isinstance(length, int) or length < 1:
        raise BadPeriod(f"期限长度须为正整数，不能是 {length}")
    if unit == "hour" and not isinstance(start, datetime):
        raise BadPeriod("按小时计算须给出起算的时刻，例如 2021-10-01T16:30")
    if spans and (before or unit == "hour"):
        raise BadPeriod("倒推的期限和按小时计算的期限不能扣除期间")


def _forward(day: date, length: int, unit: str, holidays: HolidayTable, spans: tuple[Span, ...]) -> date:
    if unit == "working_day":
        due = holidays.add(day, length)
        while spans and (missing := length - _working(day, due, holidays, spans)):
            due = holidays.add(due, missing)
        return due
    plain = (
        day + timedelta(days=length)
        if unit == "day"
        else add_months(day, length * (12 if unit == "year" else 1))
    )
    due = plain
    while spans and (moved := plain + timedelta(days=days_inside(spans, day, due))) != due:
        due = moved
    return due


def _working(day: date, due: date, holidays: HolidayTable, spans: tuple[Span, ...]) -> int:
    """Working days in (day, due] that lie outside the excluded spans."""
    total = holidays.count(day, due)
    for span in spans:
        total -= holidays.count(max(span.from_on - DAY, day), min(span.to_on, due))
    return total


def _back(day: date, length: int, unit: str, holidays: HolidayTable) -> date:
    """The latest day whose period of `length` units ends before `day`."""
    if unit == "working_day":
        return holidays.add(day, -(length + 1))
    if unit == "day":
        return day - timedelta(days=length + 1)
    count = length * (12 if unit == "year" else 1)
    answer = add_months(day, -count)
    while add_months(answer, count) >= day:
        answer -= DAY
    return answer


def _hours(start: datetime, length: int, *, before: bool, roll: bool, holidays: HolidayTable) -> Deadline:
    begun = local_moment(start)
    try:
        due = begun + timedelta(hours=-length if before else length)
    except OverflowError as error:
        raise BadPeriod(BEYOND) from error
    return Deadline(
        starts_on=begun.date(), length=length, unit="hour", roll=roll, before=before, due_on=due.date(),
        nominal_on=due.date(), provisional=False, starts_at=begun, due_at=due, holidays=holidays,
    )  # fmt: skip


def _provisional(unit: str, roll: bool, day: date, nominal: date, due: date, holidays: HolidayTable) -> bool:
    """Whether a year whose holidays decided the answer has no table."""
    if unit == "working_day":
        years = range(min(day, due).year, max(day, due).year + 1)
    elif roll:
        years = range(min(nominal, due).year, max(nominal, due).year + 1)
    else:
        return False
    return not all(holidays.has_year(year) for year in years)


def _rest_spans(holidays: HolidayTable, first: date, last: date) -> tuple[Span, ...]:
    """Runs of rest days with one reason, between two days, both in."""
    out: list[Span] = []
    day = first
    while day <= last:
        reason = holidays.rest_reason(day)
        if reason and out and out[-1].to_on == day - DAY and out[-1].reason == reason:
            out[-1] = Span(out[-1].from_on, day, reason)
        elif reason:
            out.append(Span(day, day, reason))
        day += DAY
    return tuple(out)
