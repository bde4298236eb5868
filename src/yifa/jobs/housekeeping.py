"""The house's own schedules: a sign of life, signing the head of the log, sweeping out what has had its time."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings

from yifa.jobs import places
from yifa.jobs.models import OPEN, Job
from yifa.jobs.queries import KEPT
from yifa.jobs.schedules import register_schedule
from yifa.ledger import access, clock
from yifa.ledger.checkpoints import sign
from yifa.ledger.health import log_health
from yifa.ledger.subtrees import keep
from yifa.ledger.succession import KINDS, current


def sign_of_life() -> None:
    """An entry of the access log: where none is, nobody recorded either, and a quiet night is no missing one."""
    access.write([access.Seen("heartbeat", "system:worker", "server:worker")])


def sign_the_head() -> None:
    """Sign the head of each log that has moved, and keep the roots of the tiles it completed.

    Raises SigningRefused, which /healthz says too.
    """
    for log in map(current, KINDS):
        found = log_health(log)
        if found.size > (found.signed.size if found.signed else 0):
            keep(log, sign(log).size)


def sweep() -> None:
    """Jobs finished more than thirty days ago go with their files, and sessions that have run out."""
    old = Job.objects.exclude(state__in=OPEN).filter(finished_at__lt=clock.now() - KEPT)
    for job_id in list(old.values_list("pk", flat=True)):
        places.forget(job_id)
        Job.objects.filter(pk=job_id).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


register_schedule("sign_of_life", sign_of_life, every=timedelta(minutes=10))
register_schedule("sign_the_head", sign_the_head, every=timedelta(minutes=10))
register_schedule("sweep", sweep, every=timedelta(days=1), at_hour=3)
