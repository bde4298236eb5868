"""Office days and hours of the fictional commission, and a diary that keeps a person out of two places at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from yifa.law.packs import pack

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = ((time(8, 40), time(11, 50)), (time(13, 40), time(17, 20)))
PATROL_HOURS = ((time(8, 30), time(18, 0)),)
EVENING_HOURS = ((time(18, 30), time(22, 0)),)
Hours = tuple[tuple[time, time], ...]


@cache
def is_working_day(day: date) -> bool:
    """Working day of the sample's pack: weekends, statutory rest days and make-up days (调休) considered."""
    return pack("120199").holidays.is_working_day(day)


def working_day(day: date, steps: int = 0) -> date:
    """`steps` working days after `day` (before it when negative); 0: `day` itself or the next working day."""
    step = timedelta(days=-1 if steps < 0 else 1)
    while steps == 0 and not is_working_day(day):
        day += step
    while steps:
        day += step
        if is_working_day(day):
            steps += -1 if steps > 0 else 1
    return day


def working_days(first: date, last: date) -> list[date]:
    span = (last - first).days + 1
    return [day for day in (first + timedelta(days=n) for n in range(span)) if is_working_day(day)]


class Diary:
    """Who is busy when. Times are whole minutes, Asia/Shanghai."""

    def __init__(self) -> None:
        self._busy: dict[tuple[str, date], list[tuple[datetime, datetime]]] = {}

    def book(
        self,
        people: Iterable[str],
        *,
        day: date,
        minutes: int,
        hours: Hours = OFFICE_HOURS,
        after: datetime | None = None,
        offset: int = 0,
    ) -> datetime | None:
        """First moment of `day` free for all, not before `after`, about `offset` minutes into the day; None if full."""
        people = tuple(people)
        for opens, closes in hours:
            moment = datetime.combine(day, opens, SHANGHAI)
            end = datetime.combine(day, closes, SHANGHAI)
            room = max(5, (end - moment) // timedelta(minutes=1) - minutes)
            moment += timedelta(minutes=offset % room // 5 * 5)
            moment = max(moment, after) if after else moment
            while moment + timedelta(minutes=minutes) <= end:
                if self._free(people, moment, minutes):
                    self._take(people, moment, minutes)
                    return moment
                moment += timedelta(minutes=5)
        return None

    def _free(self, people: tuple[str, ...], start: datetime, minutes: int) -> bool:
        end = start + timedelta(minutes=minutes)
        return all(
            end <= begun or ended <= start
            for person in people
            for begun, ended in self._busy.get((person, start.date()), ())
        )

    def _take(self, people: tuple[str, ...], start: datetime, minutes: int) -> None:
        for person in people:
            self._busy.setdefault((person, start.date()), []).append(
                (start, start + timedelta(minutes=minutes))
            )
