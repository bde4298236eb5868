"""Days and moments as people write them in forms, in years a register can have."""

from __future__ import annotations

from datetime import date, datetime

from yifa.ledger.clock import SHANGHAI

# The years listing/filters.py asks for too: beyond them a time zone cannot reckon, and nobody keeps records there.
FIRST_YEAR, LAST_YEAR = 1900, 2999


class FarYear(ValueError):
    """It is a day or a moment, of a year nobody can mean."""


def written_day(text: str) -> date:
    """Raises ValueError for what is no day, FarYear for one of another age."""
    found = date.fromisoformat(text)
    check_year(found)
    return found


def written_moment(text: str) -> datetime:
    """In Asia/Shanghai, which is meant where no offset is written. Raises ValueError, FarYear."""
    # before a zone is reckoned with, which overflows at the ends of the calendar
    found = datetime.fromisoformat(text)
    check_year(found)
    return found.astimezone(SHANGHAI) if found.tzinfo else found.replace(tzinfo=SHANGHAI)


def check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FarYear(str(day))
