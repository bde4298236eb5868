"""The additional fine (加处罚款) for late payment: per day, never above the fine. APL arts 72–73, ACL art. 45."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yifa.law.calendar.spans import Span, days_inside, merged


def late_days(*, due_on: date, until_on: date, pauses: Iterable[Span | tuple[date, date]] = ()) -> int:
    """Days after `due_on` up to and including `until_on`, without the days of `pauses` (both ends in)."""
    late = (until_on - due_on).days
    return max(0, late - days_inside(merged(pauses), due_on, until_on))


def additional_fine(
    *,
    fine_fen: int,
    percent_per_day: int,
    cap_percent: int,
    due_on: date,
    until_on: date,
    pauses: Iterable[Span | tuple[date, date]] = (),
) -> int:
    """The additional fine in 分, a part of a 分 dropped; never above `cap_percent` of the fine."""
    days = late_days(due_on=due_on, until_on=until_on, pauses=pauses)
    return min(fine_fen * cap_percent // 100, fine_fen * percent_per_day * days // 100)
