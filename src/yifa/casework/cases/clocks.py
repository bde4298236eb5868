"""The clocks of a case as shown: which deadline, how much is left, how pressing. The days are counted by `law`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yifa.law.calendar import Deadline
from yifa.law.check import Clock
from yifa.law.events import KINDS
from yifa.law.labels import label
from yifa.law.packs import title_of
from yifa.law.rules.rule import REGISTRY
from yifa.ledger.clock import SHANGHAI

NORMAL, NEAR, URGENT, OVERDUE = "正常", "临近", "紧迫", "超期"
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
        return self.left if self.state == OVERDUE else f"{self.state}，{self.left}"

    @property
    def due(self) -> date | datetime:
        return self.deadline.due_at or self.deadline.due_on

    @property
    def due_words(self) -> str:
        at = self.deadline.due_at
        return at.strftime("%Y-%m-%d %H:%M") if at else self.deadline.due_on.isoformat()

    @property
    def length_words(self) -> str:
        return f"{self.deadline.length}{label('unit', self.deadline.unit)}"


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
    today = at.date()
    days = (deadline.due_on - today).days
    if days < 0:
        return OVERDUE, f"超期 {-days} 天"
    words = "今天到期" if days == 0 else f"还剩 {counted(deadline, today)}"
    if days <= URGENT_DAYS:
        return URGENT, words
    whole = (deadline.due_on - deadline.starts_on).days
    return (NEAR if days <= max(NEAR_DAYS, whole // 4) else NORMAL), words


def counted(deadline: Deadline, today: date) -> str:
    """What is left in the unit of the period: working days where those are counted, else days."""
    if deadline.unit == "working_day":
        return f"{deadline.holidays.count(today, deadline.due_on)} 个工作日"
    return f"{(deadline.due_on - today).days} 天"


def remaining_hours(due_at: datetime, at: datetime) -> tuple[str, str]:
    left = due_at - at
    if left < timedelta(0):
        return OVERDUE, f"超期 {max(1, -left // timedelta(hours=1))} 小时"
    return URGENT, f"还剩 {left // timedelta(hours=1)} 小时"
