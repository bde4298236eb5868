"""Jobs as pages show them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Case, IntegerField, QuerySet, Value, When

from yifa.jobs.errors import UnknownJob
from yifa.jobs.models import OPEN, Job, State
from yifa.ledger import clock

KEPT = timedelta(days=30)
REMINDED = timedelta(days=3)


def job_of(organ_code: str, job_id: int) -> Job:
    """Raises UnknownJob; another organ's job is as unknown as none."""
    job = Job.objects.select_related("organ").filter(organ_id=organ_code, pk=job_id).first()
    if job is None:
        raise UnknownJob(f"没有任务 {job_id}")
    return job


def jobs_of(organ_code: str, asked_by: str | None) -> QuerySet[Job]:
    """Jobs of an asker, of everybody for None: failed ones first, then those under way, then the newest."""
    rank = Case(
        When(state=State.FAILED, then=Value(0)),
        When(state__in=OPEN, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    jobs = Job.objects.filter(organ_id=organ_code)
    if asked_by is not None:
        jobs = jobs.filter(asked_by=asked_by)
    return jobs.order_by(rank, "-asked_at", "-pk")


def finished_lately(organ_code: str, asked_by: str) -> QuerySet[Job]:
    """For 待办: what this person asked for and what came out in the last three days, failed ones first."""
    since = clock.now() - REMINDED
    return jobs_of(organ_code, asked_by).filter(finished_at__gte=since).exclude(state=State.CANCELLED)


def open_job(organ_code: str, kind: str) -> Job | None:
    """The unfinished job of this kind in the organ."""
    return Job.objects.filter(organ_id=organ_code, kind=kind, state__in=OPEN).first()
