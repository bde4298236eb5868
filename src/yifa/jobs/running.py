"""Taking a job, running it, writing down what became of it. At least once: a job whose worker died is taken again."""

from __future__ import annotations

import secrets
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks_db.utils import exclusive_transaction

from yifa.jobs import delivery, places
from yifa.jobs.errors import TRANSIENT, Cancelled, WorkerStopping
from yifa.jobs.kinds import kind_named
from yifa.jobs.models import Job, State
from yifa.jobs.places import Hold
from yifa.jobs.progress import Progress, cancel_file, progress_file
from yifa.ledger import clock

ATTEMPTS = 5
PAUSES = (5, 30, 120, 600)
SETTLE_SECONDS = 60

BROKEN = "系统出了没有料到的问题，任务没有完成。请把编号 {reference} 告诉系统管理员。"
DIED = "处理这个任务的后台进程 {attempts} 次意外停止，不再自动重试。请把编号 {reference} 告诉系统管理员。"
TIRED = "数据库一直忙或连不上，试了 {attempts} 次仍没有完成。请稍后重试；还是不行请把编号 {reference} 告诉系统管理员。"


def pause_after(attempts: int) -> timedelta:
    """How long to wait after that many attempts: longer each time."""
    return timedelta(seconds=PAUSES[min(max(attempts, 1), len(PAUSES)) - 1])


def take() -> tuple[Job, Hold] | None:
    """The next waiting job, marked as running and held by this process; None where none waits."""
    if not delivery.slips().exists():
        return None
    with exclusive_transaction():
        slip = delivery.slips().get_locked()
        if slip is None:
            return None
        job = Job.objects.select_for_update().filter(pk=delivery.job_id_of(slip)).first()
        if job is None or job.state != State.WAITING:
            slip.delete()
            return None
        held = places.hold(job.pk)
        if held is None:
            return None
        try:
            slip.delete()
            job.state, job.run_after, job.started_at = State.RUNNING, None, clock.now()
            job.attempts += 1
            job.save(update_fields=["state", "run_after", "started_at", "attempts"])
        except BaseException:
            held.release()
            raise
    return job, held


def run(job: Job, held: Hold, *, stopping: Callable[[], bool] = lambda: False) -> None:
    """Run a job taken and settle it; afterwards it is held no more."""
    try:
        _settle(job, _outcome(job, stopping))
    finally:
        held.release()


def _outcome(job: Job, stopping: Callable[[], bool]) -> dict[str, Any]:
    """The columns to write: what came out, or when to try again."""
    try:
        kind = kind_named(job.kind)
        progress = Progress(
            job_id=job.pk, organ_code=job.organ_id, asked_by=job.asked_by, cancellable=kind.cancellable,
            stopping=stopping,
        )  # fmt: skip
        result = kind.function(job.arguments, progress)
    except WorkerStopping:
        return _again(timezone.now(), attempts=job.attempts - 1)
    except Cancelled:
        return _ended(State.CANCELLED, "中途取消了。")
    except TRANSIENT as error:
        if job.attempts < ATTEMPTS:
            print(f"{job}：{type(error).__name__}：{error}，稍后再试", file=sys.stderr)
            return _again(timezone.now() + pause_after(job.attempts), attempts=job.attempts)
        return _given_up(job, TIRED, error)
    except Exception as error:  # noqa: BLE001 - whatever a job's function raises, people are told and the worker lives on
        if isinstance(getattr(error, "code", None), str):
            return _ended(State.FAILED, str(error))
        return _given_up(job, BROKEN, error)
    return _ended(State.DONE, result.words, link=result.link, failures=progress.failures)


def _again(at: datetime, *, attempts: int) -> dict[str, Any]:
    return {"state": State.WAITING, "run_after": at, "attempts": attempts}


def _ended(state: State, words: str, **more: Any) -> dict[str, Any]:
    return {"state": state, "words": words, "finished_at": clock.now(), **more}


def _given_up(job: Job, words: str, error: BaseException | None) -> dict[str, Any]:
    """Failed with a reference number; the trace goes to stderr and to jobs/faults.log, never to people."""
    reference = secrets.token_hex(4)
    trace = "".join(traceback.format_exception(error)) if error else "worker died\n"
    text = f"[{reference}] job {job.pk} {job.kind} attempt {job.attempts}\n{trace}"
    print(text, end="", file=sys.stderr)
    with open(places.home() / "faults.log", "a", encoding="utf-8") as log:
        log.write(f"{clock.now().isoformat(timespec='seconds')} {text}")
    return _ended(State.FAILED, words.format(reference=reference, attempts=job.attempts), reference=reference)


def drop_broken_connections() -> None:
    """As before a request: what is broken or too old is closed, and opened again when used."""
    if not connection.in_atomic_block:  # inside a transaction Django would take its autocommit for a fault
        close_old_connections()


def _settle(job: Job, columns: dict[str, Any]) -> None:
    """Write the outcome, waiting for a database that is locked or starting. Raises what is left after a minute;
    the job is then taken again like one whose worker died."""
    end = time.monotonic() + SETTLE_SECONDS
    while True:
        drop_broken_connections()
        try:
            with transaction.atomic():
                _write(job, columns)
            break
        except TRANSIENT:
            if time.monotonic() > end:
                raise
            time.sleep(1)
    cancel_file(job.pk).unlink(missing_ok=True)
    if columns["state"] != State.RUNNING:
        progress_file(job.pk).unlink(missing_ok=True)


def _write(job: Job, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(job, name, value)
    job.save(update_fields=list(columns))
    if job.state == State.WAITING:
        delivery.send(job.pk, after=job.run_after)


def take_back_from_the_dead() -> int:
    """Let jobs wait again whose worker died in the middle of them; give up those that kill every worker."""
    found = 0
    for job in Job.objects.filter(state=State.RUNNING):
        held = places.hold(job.pk)
        if held is None:
            continue
        try:
            job.refresh_from_db()
            if job.state == State.RUNNING:
                found += 1
                _settle(job, _after_death(job))
        finally:
            held.release()
    return found


def _after_death(job: Job) -> dict[str, Any]:
    if job.attempts >= ATTEMPTS:
        return _given_up(job, DIED, None)
    # The first death may have been a restart: go on at once. Later ones are the job's own doing.
    wait = timedelta() if job.attempts <= 1 else pause_after(job.attempts - 1)
    return _again(timezone.now() + wait, attempts=job.attempts)
