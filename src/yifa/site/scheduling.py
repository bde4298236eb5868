"""How the web processes share the processors: on SQLite a request computes from its beginning to its commit, on PostgreSQL
it waits for an answer at every statement.
"""

from __future__ import annotations

import os

from django.db import connection

THREADS = 4
"""A process. On SQLite one of them computes (spreading.py), the others are for what takes long."""


def computes() -> bool:
    """Whether requests compute all the time."""
    return connection.vendor == "sqlite"


def processes() -> int:
    """One a core where requests compute, two a core where they wait; two at least, four at most."""
    cores = os.cpu_count() or 1
    return max(2, min(cores if computes() else 2 * cores, 4))


def let_requests_run_on() -> None:
    """Where they compute. Call before the server starts its threads.

    A thread that wakes then waits for the end of a slice instead of pushing a request off its core, and what that one had
    in the cache with it. A request that wakes at every statement must not wait.
    """
    if computes() and hasattr(os, "sched_setscheduler"):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
