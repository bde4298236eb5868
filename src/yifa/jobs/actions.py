"""Asking for a job, calling it off, trying again what failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yifa.jobs import delivery
from yifa.jobs.errors import JobRefused
from yifa.jobs.kinds import kind_named
from yifa.jobs.models import OPEN, Job, State
from yifa.jobs.progress import cancel_file
from yifa.ledger import clock
from yifa.registry.organs.models import Organ


def enqueue(
    *,
    kind: str,
    organ: Organ,
    asked_by: str,
    arguments: Mapping[str, Any] | None = None,
    title: str = "",
    key: str = "",
) -> Job:
    """Ask for a job, in the caller's unit of writing where there is one: no act, no job.

    The same `key` asks once: the job it named comes back. So does, of a kind that runs alone, the one not finished.
    Raises UnknownKind.
    """
    of = kind_named(kind)
    with transaction.atomic():
        Organ.objects.select_for_update(no_key=True).get(
            pk=organ.pk
        )  # two who ask at once: the second sees the first
        there = _already_asked(organ, key, kind if of.alone else "")
        if there is not None:
            return there
        job = Job.objects.create(
            organ=organ, asked_by=asked_by, kind=kind, title=title or of.title, arguments=dict(arguments or {}),
            key=key, asked_at=clock.now(),
        )  # fmt: skip
        delivery.send(job.pk)
    return job


def _already_asked(organ: Organ, key: str, kind: str) -> Job | None:
    jobs = Job.objects.filter(organ=organ)
    same = jobs.filter(key=key).first() if key else None
    if same is None and kind:
        same = jobs.filter(kind=kind, state__in=OPEN).first()
    return same


def cancel(*, job: Job) -> None:
    """Call a job off: at once where it waits, at its next word of progress where it runs. Raises JobRefused.

    A running one is told by a file, since it may hold the write lock of the database.
    """
    if job.state not in OPEN:
        raise JobRefused("这个任务已经结束，不用取消")
    if job.state == State.RUNNING:
        if not kind_named(job.kind).cancellable:
            raise JobRefused("这个任务正在写入数据，中途停下不安全。请等它做完")
        cancel_file(job.pk).touch()
        return
    with transaction.atomic():
        taken = Job.objects.select_for_update().get(pk=job.pk)
        if taken.state != State.WAITING:
            raise JobRefused("任务刚刚开始或结束，请刷新页面再看")
        taken.state, taken.finished_at, taken.words = State.CANCELLED, clock.now(), "没有开始就取消了。"
        taken.save(update_fields=["state", "finished_at", "words"])
        delivery.withdraw(taken.pk)


def retry_failed(*, job: Job, asked_by: str) -> Job:
    """Ask again for what failed: the failed items alone where there are some, else the whole. Raises JobRefused.

    Asked twice it is one job.
    """
    of = kind_named(job.kind)
    if job.state in OPEN or (job.state == State.DONE and not job.failures):
        raise JobRefused("这个任务没有失败的部分，不用重试")
    arguments = dict(job.arguments)
    if of.by_item and job.failures:
        arguments["only"] = [failure["item"] for failure in job.failures]
    return enqueue(
        kind=job.kind, organ=job.organ, asked_by=asked_by, arguments=arguments, title=job.title, key=f"again:{job.pk}"
    )  # fmt: skip
