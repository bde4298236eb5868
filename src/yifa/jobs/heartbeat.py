"""The worker's sign of life: a file touched with every round and every word of progress. Real time."""

from __future__ import annotations

import time
from pathlib import Path

from yifa.jobs import places

STOPPED_AFTER = 20 * 60


def heartbeat_file() -> Path:
    return places.home() / "heartbeat"


def beat() -> None:
    heartbeat_file().touch()


def age() -> int | None:
    """Seconds since the last sign of life; None where no worker ever ran here."""
    try:
        return max(0, int(time.time() - heartbeat_file().stat().st_mtime))
    except FileNotFoundError:
        return None
