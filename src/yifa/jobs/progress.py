"""How far a job is, in a file: the job may hold the write lock of the database while people look."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from yifa.jobs import heartbeat, places
from yifa.jobs.errors import Cancelled, WorkerStopping

EVERY = 0.3


@dataclass(frozen=True)
class Standing:
    """Done of total in words; `total` 0 where it is not known yet."""

    done: int = 0
    total: int = 0
    words: str = ""


class Progress:
    """Given to a job's function, which calls it: `progress(120, 425, "行")`. Whose job it is stands beside."""

    def __init__(
        self,
        *,
        job_id: int,
        organ_code: str,
        asked_by: str = "",
        cancellable: bool = False,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.job_id, self.organ_code, self.asked_by = job_id, organ_code, asked_by
        self.cancellable, self.stopping = cancellable, stopping
        self.failures: list[dict[str, str]] = []
        self._written = 0.0

    @property
    def folder(self) -> Path:
        """Where the job may leave files; gone with the job after thirty days."""
        return places.folder_of(self.job_id)

    def __call__(self, done: int, total: int = 0, unit: str = "项") -> None:
        """Raises Cancelled, WorkerStopping: let them through, so that the transaction is rolled back."""
        of = f" / {total}" if total else ""
        self.say(f"已处理 {done}{of} {unit}", done=done, total=total)

    def say(self, words: str, *, done: int = 0, total: int = 0) -> None:
        if self.stopping():
            raise WorkerStopping
        if self.cancellable and cancel_file(self.job_id).exists():
            raise Cancelled
        if time.monotonic() - self._written < EVERY and done != total:
            return
        self._written = time.monotonic()
        heartbeat.beat()
        text = json.dumps({"done": done, "total": total, "words": words}, ensure_ascii=False)
        places.replace(progress_file(self.job_id), text)

    def failed(self, item: str, reason: str) -> None:
        """An item that did not work, why, and what to do; the others go on."""
        self.failures.append({"item": item, "reason": reason})


def progress_file(job_id: int) -> Path:
    return places.folder_of(job_id) / "progress"


def cancel_file(job_id: int) -> Path:
    return places.folder_of(job_id) / "cancel"


def standing(job_id: int) -> Standing:
    """How far the job says it is; nothing said yet is `Standing()`."""
    try:
        return Standing(**json.loads(progress_file(job_id).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return Standing()
