"""A year of recordings begins and ends at midnight in Shanghai."""

from __future__ import annotations

from datetime import datetime

import pytest

from yifa.fieldwork.recordings.lists import RECORDINGS
from yifa.fieldwork.recordings.models import Recording
from yifa.ledger.clock import SHANGHAI
from yifa.listing.tests.registers import organ

pytestmark = pytest.mark.django_db
YEAR = {"started_from": "2021-01-01", "started_to": "2021-12-31"}


def recording(number: str, *moment: int, retention: str = "permanent") -> None:
    Recording.objects.create(
        organ=organ("one"),
        number=number,
        device="D",
        officers="|0101|",
        seconds=10,
        bytes=5_000_000_000,
        started_at=datetime(*moment, tzinfo=SHANGHAI),
        retention=retention,
    )


def test_only_recordings_begun_within_the_year_count():
    recording("before", 2020, 12, 31, 23, 59, 59)
    recording("first", 2021, 1, 1, 0, 0, 0)
    recording("last", 2021, 12, 31, 23, 59, 59)
    recording("after", 2022, 1, 1, 0, 0, 0)
    assert sorted(RECORDINGS.keys("one", YEAR)) == ["recording:first", "recording:last"]
    assert RECORDINGS.total("one", YEAR, "seconds") == 20
    assert RECORDINGS.total("one", YEAR, "bytes") == 10_000_000_000


def test_recordings_kept_for_days_are_not_permanent():
    recording("kept", 2021, 1, 1)
    recording("limited", 2021, 1, 1, retention="180")
    assert list(RECORDINGS.keys("one", {"retention": "permanent"})) == ["recording:kept"]
    assert list(RECORDINGS.keys("one", {"retention": "limited"})) == ["recording:limited"]
