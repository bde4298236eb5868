"""How the worker stands, for `/healthz`: its last sign of life, what waits, what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from yifa.jobs import heartbeat
from yifa.jobs.models import Job, State
from yifa.ledger import clock


@dataclass(frozen=True)
class WorkerHealth:
    """`state`: running, stopped (no sign of life for twenty minutes) or never; `failed` of the last 24 hours."""

    state: str
    age_seconds: int | None
    waiting: int
    failed: int


def worker_health() -> WorkerHealth:
    """Raises DatabaseError where the database does not answer."""
    age = heartbeat.age()
    state = "never" if age is None else "stopped" if age > heartbeat.STOPPED_AFTER else "running"
    since = clock.now() - timedelta(hours=24)
    return WorkerHealth(
        state,
        age,
        Job.objects.filter(state=State.WAITING).count(),
        Job.objects.filter(state=State.FAILED, finished_at__gte=since).count(),
    )
