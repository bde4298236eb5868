"""The clocks of a case as shown: which deadline, how much is left, how pressing. The days are counted by `law`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext, gettext_noop

from yifa.law.calendar import Deadline, HolidayTable
from yifa.law.check import Clock
from yifa.law.events import KINDS
from yifa.law.labels import label
from yifa.law.packs import holidays, title_of
from yifa.law.rules.rule import REGISTRY
from yifa.ledger.clock import SHANGHAI

NORMAL, NEAR = gettext_noop("正常"), gettext_noop("临近")
URGENT, OVERDUE = gettext_noop("紧迫"), gettext_noop("超期")
SYMBOLS = {NORMAL: "○", NEAR: "△", URGENT: "⚠", OVERDUE: "✗"}
STATE_KEYS = {NORMAL: "normal", NEAR: "near", URGENT: "urgent", OVERDUE: "overdue"}
NEAR_DAYS, URGENT_DAYS = 10, 3


@dataclass(frozen=True)
class CaseClock:
    """One running clock at a moment. `left` is in words, with its unit; `state` is a word of four."""

    rule: str
    title: str
    article: str
    start_label: str
    start_at: datetime
    deadline: Deadline
    state: str
    left: str
    assumed: tuple[str, ...] = ()

    @property
    def unconfirmed(self) -> list[tuple[str, str]]:
        """Parameters the clock rests on that nobody has confirmed (待确认): name and title."""
        return [(name, title_of(name)) for name in self.assumed]

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.state]

    @property
    def state_key(self) -> str:
        return STATE_KEYS[self.state]

    @property
    def words(self) -> str:
        """State and what is left in one phrase: 正常，还剩 47 天; an overdue clock says it once."""
        if self.state == OVERDUE:
            return self.left
        return gettext("%(state)s，%(left)s") % {"state": gettext(self.state), "left": self.left}

    @property
    def due(self) -> date | datetime:
        return self.deadline.due_at or self.deadline.due_on

    @property
    def due_words(self) -> str:
        at = self.deadline.due_at
        return at.strftime("%Y-%m-%d %H:%M") if at else self.deadline.due_on.isoformat()

    @property
    def length_words(self) -> str:
        return gettext("%(length)s%(unit)s") % {
            "length": self.deadline.length,
            "unit": gettext(label("unit", self.deadline.unit)),
        }


def case_clocks(running: Iterable[Clock], at: datetime) -> list[CaseClock]:
    """The running clocks of an answer at `at`, the nearest first."""
    clocks = [case_clock(clock, at) for clock in running]
    return sorted(clocks, key=lambda clock: (clock.deadline.due_on, clock.rule))


def case_clock(clock: Clock, at: datetime) -> CaseClock:
    rule, start, deadline = REGISTRY[clock.rule], clock.running.start, clock.running.deadline
    state, left = remaining(deadline, at.astimezone(SHANGHAI))
    return CaseClock(
        rule=rule.id,
        title=rule.title,
        article=rule.article_on(start.day),
        start_label=KINDS[start.kind].label,
        start_at=start.at,
        deadline=deadline,
        state=state,
        left=left,
        assumed=clock.assumed,
    )


def remaining(deadline: Deadline, at: datetime) -> tuple[str, str]:
    """State and what is left in words. Near: ten days or a quarter of the period; urgent: three days."""
    if deadline.due_at is not None:
        return remaining_hours(deadline.due_at, at)
    return remaining_days(deadline.due_on, deadline.starts_on, deadline.unit, deadline.holidays, at.date())


def remaining_days(
    due_on: date, starts_on: date, unit: str, holidays: HolidayTable, today: date
) -> tuple[str, str]:
    """State and what is left in the unit of the period: working days where those are counted, else days."""
    days = (due_on - today).days
    if days < 0:
        return OVERDUE, gettext("超期 %(days)s 天") % {"days": -days}
    left = counted(holidays.count(today, due_on) if unit == "working_day" else days, unit)
    words = gettext("今天到期") if days == 0 else gettext("还剩 %(left)s") % {"left": left}
    if days <= URGENT_DAYS:
        return URGENT, words
    return (NEAR if days <= max(NEAR_DAYS, (due_on - starts_on).days // 4) else NORMAL), words


def counted(days: int, unit: str) -> str:
    """What is left in the unit of the period: working days where those are counted, else days."""
    words = gettext("%(days)s 个工作日") if unit == "working_day" else gettext("%(days)s 天")
    return words % {"days": days}


@dataclass(frozen=True)
class DueDay:
    """A deadline as lists show it: the day, its state, what is left in words. Empty words: no deadline runs."""

    on: date | None
    state: str
    left: str

    @property
    def symbol(self) -> str:
        return SYMBOLS.get(self.state, "")

    @property
    def state_key(self) -> str:
        return STATE_KEYS.get(self.state, "")

    @property
    def words(self) -> str:
        return self.left if self.state in ("", OVERDUE) else f"{self.state}，{self.left}"


def due_day(due_on: date | None, starts_on: date | None, unit: str, today: date) -> DueDay:
    """The stored deadline of a case, or a day set by hand (`unit` day), as of today."""
    if due_on is None:
        return DueDay(None, "", "")
    return DueDay(due_on, *remaining_days(due_on, starts_on or due_on, unit, holidays(), today))


def remaining_hours(due_at: datetime, at: datetime) -> tuple[str, str]:
    left = due_at - at
    if left < timedelta(0):
        return OVERDUE, gettext("超期 %(hours)s 小时") % {"hours": max(1, -left // timedelta(hours=1))}
    return URGENT, gettext("还剩 %(hours)s 小时") % {"hours": left // timedelta(hours=1)}
