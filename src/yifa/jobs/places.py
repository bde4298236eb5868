"""Files of the jobs below YIFA_HOME, which web and workers share; the locks that say who is alive."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from django.conf import settings


def home() -> Path:
    folder = settings.HOME / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def folder_of(job_id: int) -> Path:
    """The folder of a job; its results may lie there too."""
    folder = home() / str(job_id)
    folder.mkdir(exist_ok=True)
    return folder


def forget(job_id: int) -> None:
    shutil.rmtree(home() / str(job_id), ignore_errors=True)


def replace(path: Path, text: str) -> None:
    """Write so that a reader sees the old text or the new one, never half."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


class Hold:
    """A job held by this process. The kernel lets go when the process dies, however it dies."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def release(self) -> None:
        os.close(self.handle)


def hold(job_id: int) -> Hold | None:
    """Take a job for this process; None where a living process has it."""
    handle = os.open(folder_of(job_id) / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return Hold(handle)
