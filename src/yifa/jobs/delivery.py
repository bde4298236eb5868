"""The slip by which a waiting job reaches a worker: a task of django-tasks, a row of django-tasks-db.

A slip is deleted when its job is taken, so that the state of a job is kept in one place only.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django_tasks import task

from yifa.jobs.errors import JobRefused

if TYPE_CHECKING:
    from django.db.models import QuerySet

PATH = "yifa.jobs.delivery.run_job"


@task()
def run_job(job_id: int) -> None:
    """Taken by `running.take`; a foreign worker that calls it is told so."""
    raise JobRefused(f"job {job_id} is run by `yifa work` only")


def send(job_id: int, *, after: datetime | None = None) -> None:
    """Put a slip out, in the caller's transaction; `after` is real time."""
    run_job.using(run_after=after).enqueue(job_id=job_id)


def slips() -> QuerySet[Any]:
    """Slips whose time has come, the oldest first."""
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.ready().filter(task_path=PATH)


def job_id_of(slip: Any) -> int:
    return int(slip.args_kwargs["kwargs"]["job_id"])


def withdraw(job_id: int) -> None:
    """Take back the slips of a job."""
    from django_tasks_db.models import DBTaskResult

    out = DBTaskResult.objects.filter(task_path=PATH)
    out.filter(pk__in=[slip.pk for slip in out if job_id_of(slip) == job_id]).delete()
