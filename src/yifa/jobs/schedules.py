"""What comes round by the clock. However many workers there are, one runs what is due.

Real time throughout: where `YIFA_TODAY` fixes the date, midnight would never pass.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from yifa.jobs.errors import TRANSIENT
from yifa.jobs.models import ScheduleRun
from yifa.ledger.clock import SHANGHAI


@dataclass(frozen=True)
class Schedule:
    """`at_hour`: once a day, after that hour in Shanghai; the first time at the next such hour."""

    name: str
    every: timedelta
    function: Callable[[], None]
    at_hour: int | None = None

    def due(self, taken: datetime, now: datetime) -> bool:
        if self.at_hour is None:
            return now - taken >= self.every
        local = now.astimezone(SHANGHAI)
        mark = local.replace(hour=self.at_hour, minute=0, second=0, microsecond=0)
        if mark > local:
            mark -= timedelta(days=1)
        return taken < mark


_SCHEDULES: dict[str, Schedule] = {}


def register_schedule(
    name: str,
    function: Callable[[], None],
    *,
    every: timedelta = timedelta(days=1),
    at_hour: int | None = None,
) -> None:
    """`function` is short and may be run twice; what is long asks for a job. Raises ValueError on a name used twice."""
    if name in _SCHEDULES:
        raise ValueError(f"schedule {name} is registered twice")
    _SCHEDULES[name] = Schedule(name, every, function, at_hour)


def tick() -> list[str]:
    """Run what is due; returns the names this worker ran. A fault of one is told and keeps none of the others."""
    ran = []
    for schedule in _SCHEDULES.values():
        if not _taken_now(schedule):
            continue
        ran.append(schedule.name)
        try:
            schedule.function()
        except TRANSIENT:
            raise
        except Exception:  # noqa: BLE001 - one schedule's fault must not keep the others from running
            print(f"定时任务 {schedule.name} 没有完成：", file=sys.stderr)
            traceback.print_exc()
    return ran


def _taken_now(schedule: Schedule) -> bool:
    """Is it due, and was it this worker that moved its moment forward?"""
    now = timezone.now()
    row = ScheduleRun.objects.filter(name=schedule.name).first()
    if row is None:
        _, made = ScheduleRun.objects.get_or_create(name=schedule.name, defaults={"taken_at": now})
        return made and schedule.at_hour is None
    if not schedule.due(row.taken_at, now):
        return False
    moved = ScheduleRun.objects.filter(name=schedule.name, taken_at=row.taken_at).update(taken_at=now)
    return moved == 1
