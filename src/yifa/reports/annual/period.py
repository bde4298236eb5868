"""Which year a report is about and up to which moment it counts."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext

from yifa.ledger.clock import SHANGHAI
from yifa.ledger.written import written_day, written_moment
from yifa.reports.figures.figure import Period, end_of_day

FIRST_YEAR = 2000


class BadReportPeriod(ValueError):
    """The year or the as-of moment is not one a report can be made for; the message says which are."""

    code = "bad_report_period"


def period_of(year: int | str, *, now: datetime, as_of: str = "") -> Period:
    """The period of a report year. `as_of` is a date (its end of day) or a moment; without an offset it is local.

    Counting ends with the year, or now in the running year, or at `as_of` if that is earlier.
    Raises BadReportPeriod.
    """
    number = year_number(year, now)
    latest = min(end_of_day(date(number, 12, 31)), now.astimezone(SHANGHAI).replace(microsecond=0))
    if not as_of:
        return Period(number, latest)
    limit = moment_of(as_of)
    if limit.year < number:
        raise BadReportPeriod(
            gettext("截至时间 %(as_of)s 早于 %(number)s 年，请填该年内的日期，例如 %(number)s-06-30")
            % {"as_of": as_of, "number": number}
        )
    return Period(number, min(limit, latest))


def year_number(year: int | str, now: datetime) -> int:
    """Raises BadReportPeriod where it is not a year from FIRST_YEAR to the running one."""
    text = str(year)
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= now.year):
        raise BadReportPeriod(
            gettext("年份 %(text)s 不能识别：请填 %(first)s 至 %(year)s 之间的年份，例如 %(example)s")
            % {"text": text, "first": FIRST_YEAR, "year": now.year, "example": now.year - 1}
        )
    return int(text)


def moment_of(text: str) -> datetime:
    """A moment in Asia/Shanghai, whole seconds. Raises BadReportPeriod."""
    try:
        if len(text) == len("2021-06-30"):
            return end_of_day(written_day(text))
        return written_moment(text).replace(microsecond=0)
    except ValueError as error:
        raise BadReportPeriod(
            gettext("截至时间 %(text)s 不能识别：请填日期 2021-06-30，或时间 2021-06-30T12:00:00+08:00")
            % {"text": text}
        ) from error
