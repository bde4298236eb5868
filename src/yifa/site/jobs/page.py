"""A job in words: where it stands, what to do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from yifa.jobs.kinds import UnknownKind, kind_named
from yifa.jobs.models import OPEN, Job, State
from yifa.jobs.progress import Standing, cancel_file, standing
from yifa.jobs.queries import KEPT

LOOKS = {
    State.WAITING: ("○", ""), State.RUNNING: ("●", ""), State.DONE: ("✓", "ok"), State.FAILED: ("✗", "bad"),
    State.CANCELLED: ("–", ""),
}  # fmt: skip


@dataclass(frozen=True)
class JobPage:
    """What the page of a job shows; `look` is a badge of the components, `kept_until` ends the life of the link."""

    job: Job
    state: str
    sign: str
    look: str
    open: bool
    standing: Standing
    words: str
    cancel: str
    retry: str
    kept_until: datetime | None


def state_words(job: Job) -> str:
    if job.state == State.DONE and job.failures:
        return _("完成，有失败项")
    return {
        State.WAITING: _("等待中"),
        State.RUNNING: _("进行中"),
        State.DONE: _("完成"),
        State.FAILED: _("失败"),
        State.CANCELLED: _("已取消"),
    }[State(job.state)]


def job_page(job: Job) -> JobPage:
    sign, look = LOOKS[State(job.state)]
    if job.state == State.DONE and job.failures:
        sign, look = "⚠", "warn"
    at = standing(job.pk) if job.state == State.RUNNING else Standing()
    return JobPage(
        job=job,
        state=state_words(job),
        sign=sign,
        look=look,
        open=job.state in OPEN,
        standing=at,
        words=_words(job, at),
        cancel=_cancel(job),
        retry=_retry(job),
        kept_until=job.finished_at + KEPT if job.finished_at else None,
    )


def _words(job: Job, at: Standing) -> str:
    if job.state == State.RUNNING:
        if cancel_file(job.pk).exists():
            return _("正在停下来……")
        return at.words or _("正在处理……")
    if job.state != State.WAITING:
        return job.words
    if job.run_after and job.run_after > timezone.now():
        seconds = int((job.run_after - timezone.now()).total_seconds()) + 1
        return _("上一次没有做完，约 %(seconds)s 秒后自动再试（第 %(next)s 次）") % {
            "seconds": seconds,
            "next": job.attempts + 1,
        }
    return _("排队中，前面的任务做完就开始")


def _cancel(job: Job) -> str:
    """The button's word; empty where it cannot be called off safely."""
    if job.state == State.WAITING:
        return _("取消任务")
    return _("停下来") if job.state == State.RUNNING and _kind_is(job, "cancellable") else ""


def _retry(job: Job) -> str:
    if job.failures and _kind_is(job, "by_item"):
        return _("只重试失败项")
    return _("再试一次") if job.state in (State.FAILED, State.CANCELLED) or job.failures else ""


def _kind_is(job: Job, claim: str) -> bool:
    try:
        return bool(getattr(kind_named(job.kind), claim))
    except UnknownKind:
        return False
