"""Kinds of job for tests; effects are lines in a file, so that what ran twice is seen."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction

from yifa.jobs.errors import JobRefused
from yifa.jobs.kinds import Result, job_kind
from yifa.jobs.models import ScheduleRun
from yifa.jobs.progress import Progress
from yifa.ledger import clock


def effects() -> Path:
    return settings.HOME / "effects"


def note(line: str) -> None:
    """Appended in one write: several workers share the file."""
    handle = os.open(effects(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def noted() -> list[str]:
    return effects().read_text().splitlines() if effects().exists() else []


@job_kind("test_count", title="数一数")
def count(arguments: Mapping[str, Any], progress: Progress) -> Result:
    note(str(progress.job_id))
    return Result("数过了", "/desk/cases/")


@job_kind("test_items", title="逐项处理", cancellable=True, by_item=True)
def items(arguments: Mapping[str, Any], progress: Progress) -> Result:
    wanted = arguments.get("only") or arguments["items"]
    for done, item in enumerate(wanted):
        progress(done, len(wanted), "行")
        if item.startswith("坏"):
            progress.failed(item, "这一行没有当事人，请补上")
        else:
            note(item)
    return Result(f"处理了 {len(wanted)} 项")


@job_kind("test_refused", title="不能做的事")
def refused(arguments: Mapping[str, Any], progress: Progress) -> Result:
    note("tried")
    raise JobRefused("文件不是台账，请换一个文件")


@job_kind("test_locked", title="碰上锁的事")
def locked(arguments: Mapping[str, Any], progress: Progress) -> Result:
    note("tried")
    if len(noted()) < arguments["until"]:
        raise OperationalError("database is locked")
    return Result("成了")


@job_kind("test_broken", title="有毛病的事")
def broken(arguments: Mapping[str, Any], progress: Progress) -> Result:
    raise KeyError("secret column 42")


@job_kind("test_slow", title="要很久的事", alone=True)
def slow(arguments: Mapping[str, Any], progress: Progress) -> Result:
    """The first time it holds the write lock for a minute with its effect uncommitted; the second time it is quick."""
    first = not noted()
    note("started")
    with transaction.atomic():
        ScheduleRun.objects.get_or_create(
            name=f"effect {progress.job_id}", defaults={"taken_at": clock.now()}
        )
        for step in range(1, 600 if first else 2):
            progress(step, 600, "步")
            time.sleep(0.1)
    return Result("久等了")
