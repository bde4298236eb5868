"""Whose turn it is to write. SQLite lets one write at a time, and who waits inside it sleeps and tries again.

The threads of a process queue at a lock of its own, the processes at a lock on an empty file beside the database: both
wake the next one at once. It only orders who asks; that no two write at a time is the database's own affair.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

from django.db import connection

_threads = Lock()
SUFFIX = "-turn"


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for one's turn and hold it; on a database that locks row by row nobody waits."""
    if connection.vendor != "sqlite":
        yield
        return
    with _threads:
        file = _file(os.getpid(), str(connection.settings_dict["NAME"]))
        if file is None:
            yield
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


@lru_cache(maxsize=1)
def _file(pid: int, database: str) -> int | None:
    """The file of a process, opened once in it (one inherited would be one lock for both); None for a database in memory."""
    if database.startswith("file:") or database == ":memory:":
        return None
    return os.open(database + SUFFIX, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
