"""Is a day chosen for a hearing (听证) late enough after its notice, and which is the earliest? Is there a right to one?

APL arts 63, 64 (2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from yifa.law.calendar import Deadline, HolidayTable, deadline
from yifa.law.calendar.deadlines import local_moment, rolled
from yifa.law.calendar.explanation import chinese_day
from yifa.law.calendar.spans import DAY
from yifa.law.facts import Facts
from yifa.law.packs import Pack, Parameter
from yifa.law.record.model import Event, Record

NOTICE, FULL = "hearing_notice_days", "hearing_notice_full_days"
FURTHEST = 60


@dataclass(frozen=True)
class HearingDay:
    """A day looked at for a hearing whose notice is given on `notified_on`. `latest`: the last day to give it."""

    notified_on: date
    hearing_on: date
    latest: Deadline
    earliest_on: date
    rest: str
    assumed: tuple[str, ...]

    @property
    def lawful(self) -> bool:
        return self.notified_on <= self.latest.due_on

    @property
    def proposed_on(self) -> date:
        """The first working day from the earliest day on."""
        return rolled(self.earliest_on, self.latest.holidays)

    @property
    def why(self) -> str:
        """The counting back from the hearing, and what comes of it."""
        told = f"{chinese_day(self.notified_on)}通知"
        if self.lawful:
            end = f"{told}，来得及。"
        else:
            end = f"{told}，晚了；同日通知的，最早可以定在{chinese_day(self.earliest_on)}。"
        return self.latest.why + end


def latest_notice(hearing_on: date, period: Parameter, *, full: bool, holidays: HolidayTable) -> Deadline:
    """The last day on which the notice may be given."""
    length = period.value if full else period.value - 1
    return deadline(start=hearing_on, length=length, unit=period.unit, before=True, holidays=holidays)


def notice_before(law: Pack, hearing_on: date, notified_on: date) -> Deadline:
    """The same by the law of the day of the notice. Raises UnknownParameter."""
    full = bool(law.param(FULL, notified_on).value)
    return latest_notice(hearing_on, law.param(NOTICE, notified_on), full=full, holidays=law.holidays)


def earliest_hearing(law: Pack, notified_on: date) -> date:
    """The first day a hearing may be held on when it is notified on this day. Raises UnknownParameter."""
    day = notified_on
    for _ in range(FURTHEST):
        day += DAY
        if notice_before(law, day, notified_on).due_on >= notified_on:
            break
    return day


def hearing_day(law: Pack, *, notified_on: date, hearing_on: date) -> HearingDay:
    """What is to be said of a day for a hearing. Raises UnknownParameter, BadPeriod."""
    asked = [law.param(name, notified_on) for name in (NOTICE, FULL)]
    return HearingDay(
        notified_on=notified_on, hearing_on=hearing_on, latest=notice_before(law, hearing_on, notified_on),
        earliest_on=earliest_hearing(law, notified_on), rest=law.holidays.rest_reason(hearing_on) or "",
        assumed=tuple(one.name for one in asked if not one.confirmed),
    )  # fmt: skip


def why_heard(record: Record, on: date) -> str:
    """Why the penalty told or proposed by then is of hearing level; empty where it is not. Raises UnknownParameter."""
    facts = Facts(record, local_moment(datetime.combine(on, time.max)))
    step = Event(len(facts.events), facts.at, "decision_made", (), {}, on, bare=True)
    return facts.hearing_level(facts.penalty_at(step), on)
