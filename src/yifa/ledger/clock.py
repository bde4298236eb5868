"""Server time, the one doorway. `YIFA_TODAY` fixes the date for server and tests; law takes time as an argument."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
SLACK = timedelta(seconds=5)
_latest = datetime.min.replace(tzinfo=UTC)


def now() -> datetime:
    """The moment, aware, Asia/Shanghai; on the fixed day of `YIFA_TODAY` where that is set.

    A fixed day begins anew when the host's day ends. `YIFA_TODAY_SHIFT`, minutes, keeps that hour away from tests.
    """
    moment = datetime.now(SHANGHAI)
    fixed = os.environ.get("YIFA_TODAY")
    if not fixed:
        return moment
    day, moment = date.fromisoformat(fixed), moment + shift()
    return moment.replace(year=day.year, month=day.month, day=day.day)


def shift() -> timedelta:
    """How far the time of day on a fixed day stands from the host's."""
    return timedelta(minutes=int(os.environ.get("YIFA_TODAY_SHIFT") or 0))


def is_fixed() -> bool:
    """Is the date fixed by `YIFA_TODAY`?"""
    return bool(os.environ.get("YIFA_TODAY"))


def real() -> datetime:
    """The host's own moment, whatever date is fixed."""
    return datetime.now(UTC)


def went_back() -> timedelta:
    """How far the host's clock stands before a moment this process has seen; zero up to five seconds."""
    global _latest
    moment = real()
    back = _latest - moment
    _latest = max(_latest, moment)
    return back if back > SLACK else timedelta()


def today() -> date:
    return now().date()
