"""Whose turn it is to write. SQLite lets one write at a time, and who waits inside it sleeps for ever longer turns.

The threads of a process queue at a lock of its own, the processes at a lock on an empty file beside the database. It only
orders who asks; that no two write at a time is the database's own affair.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

from django.db import OperationalError, connection

SUFFIX = "-turn"
PATIENCE = 20.0
"""Seconds: as long as a statement waits for the database (settings). A long import must not hold every thread."""
PAUSE = 0.0002
_threads = Lock()


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for one's turn and hold it; on a database that locks row by row nobody waits.

    Raises OperationalError, as the database would, where others write for longer than PATIENCE.
    """
    if connection.vendor != "sqlite":
        yield
        return
    until = time.monotonic() + PATIENCE
    if not _threads.acquire(timeout=PATIENCE):
        raise OperationalError("database is locked: other threads of this process are writing")
    try:
        file = _file(os.getpid(), str(connection.settings_dict["NAME"]))
        if file is None:
            yield
            return
        _take(file, until)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
    finally:
        _threads.release()


def _take(file: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise OperationalError("database is locked: another process is writing") from None
            time.sleep(PAUSE)


@lru_cache(maxsize=1)
def _file(pid: int, database: str) -> int | None:
    """The file of a process, opened once in it (one inherited would be one lock for both); None for a database in memory."""
    if database.startswith("file:") or database == ":memory:":
        return None
    return os.open(database + SUFFIX, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
