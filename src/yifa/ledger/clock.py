"""Server time, the one doorway. `YIFA_TODAY` fixes the date for server and tests; law takes time as an argument."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The moment, aware, Asia/Shanghai; on the fixed day of `YIFA_TODAY` where that is set."""
    moment = datetime.now(SHANGHAI)
    fixed = os.environ.get("YIFA_TODAY")
    if not fixed:
        return moment
    day = date.fromisoformat(fixed)
    return moment.replace(year=day.year, month=day.month, day=day.day)


def is_fixed() -> bool:
    """Is the date fixed by `YIFA_TODAY`?"""
    return bool(os.environ.get("YIFA_TODAY"))


def today() -> date:
    return now().date()
