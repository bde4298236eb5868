"""The disk is full while cases are opened over HTTP: a clear page, nothing half written, and on again once there is room.

A real small filesystem where one can be mounted (root): a tmpfs of 96 MiB that holds YIFA_HOME, filled by a file beside the
database. Elsewhere, and with `--limited`, the kernel's limit on the size of files (RLIMIT_FSIZE) is put on the running
server and taken off again.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults.asking import ask

MOUNTED, LIMITED = "tmpfs of 96 MiB", "RLIMIT_FSIZE"
SIZE = "96m"
AT_MOST = 2000
BALLAST = "ballast"


@contextmanager
def small_disk(*, limited: bool = False) -> Iterator[tuple[Path, str]]:
    """An empty folder and what makes it small."""
    with tempfile.TemporaryDirectory(prefix="yifa-full-") as name:
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", name]
        mounted = (
            not limited
            and os.geteuid() == 0
            and subprocess.run(command, capture_output=True, check=False).returncode == 0
        )
        try:
            yield Path(name), MOUNTED if mounted else LIMITED
        finally:
            if mounted:
                subprocess.run(["umount", name], check=True)


@dataclass
class Fillings:
    acknowledged: list[str] = field(default_factory=list)
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


def run(rounds: int, seed: int, kind: str) -> dict[str, Any]:
    """`rounds` times filled and emptied under one running server. Django is set up, the sample year loaded."""
    from django.db import connections

    from bench.pages import session_cookie
    from bench.served import server
    from yifa.casework.cases.models import Case

    chance, seen, before = random.Random(seed), Fillings(), set(Case.objects.values_list("no", flat=True))
    cookie = session_cookie()
    connections.close_all()
    with server(cookie, "2021-12-31") as at:
        for count in range(rounds):
            _open(at, seen, f"{count}-before", expected=True)
            with full(kind, at.pid, chance.randrange(400_000)):
                _until_refused(at, seen, count)
                for more in range(3):
                    _open(at, seen, f"{count}-full-{more}", expected=False)
            _open(at, seen, f"{count}-after", expected=True)
    return judged(kind, rounds, seen, before)


def _until_refused(at: Any, seen: Fillings, count: int) -> None:
    for number in range(AT_MOST):
        if not _open(at, seen, f"{count}-{number}", expected=None):
            return
    seen.wrong.append(f"round {count}: {AT_MOST} cases and the disk is not full")


def _open(at: Any, seen: Fillings, number: str, *, expected: bool | None) -> bool:
    """Open a case; True where it was acknowledged. `expected` None: either will do."""
    from datetime import date

    from bench.writing import lead

    found = ask(at, "/desk/cases/new/", lead(date(2021, 12, 31), f"满-{number}"))
    if found.status == 303:
        seen.acknowledged.append(f"满-{number}")
    else:
        seen.refused += 1
        told = any(words in found.page for words in ("磁盘没有空间", "数据库暂时没有应答"))
        if (found.status, found.retry_after) != (503, "10") or not told:
            seen.wrong.append(f"{number}: {found.status} {found.page[:80]}")
    if expected is True and found.status != 303:
        seen.wrong.append(f"{number}: not recorded though there is room ({found.status})")
    return found.status == 303


@contextmanager
def full(kind: str, pid: int, left: int) -> Iterator[None]:
    """No room but for `left` bytes."""
    from django.conf import settings

    if kind == LIMITED:
        # SQLite writes to the end of its write-ahead log first: so many bytes more, then no further
        limit = left + Path(f"{settings.DATABASES['default']['NAME']}-wal").stat().st_size
        for one in family(pid):
            resource.prlimit(one, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            yield
        finally:
            for one in family(pid):
                resource.prlimit(one, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        return
    path = settings.HOME / BALLAST
    state = os.statvfs(settings.HOME)
    path.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - left)))
    try:
        yield
    finally:
        path.unlink()


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def judged(kind: str, rounds: int, seen: Fillings, before: set[str]) -> dict[str, Any]:
    """What is there is what was acknowledged, no more and no less, and the ledger agrees."""
    from django.db import connection

    from yifa.casework.cases.models import Act, Case
    from yifa.ledger.verify import Verification, every_table
    from yifa.site.cli.verify import sentence

    new = Case.objects.exclude(no__in=before)
    numbers = set(new.values_list("number", flat=True))
    half = [case.no for case in new if Act.objects.filter(case=case).count() != 1]
    faults = [sentence(fault) for fault in Verification(tables=every_table()).faults()]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        faults += [row[0] for row in cursor.fetchall() if row[0] != "ok"]
    lost, unasked = set(seen.acknowledged) - numbers, numbers - set(seen.acknowledged)
    holds = not (lost or unasked or half or faults or seen.wrong) and seen.refused >= rounds
    return {
        "fault": "disk full", "how": kind, "rounds": rounds, "acknowledged": len(seen.acknowledged),
        "refused": seen.refused, "lost": len(lost), "stored_though_refused": len(unasked), "half": len(half),
        "faults": faults[:20], "wrong": seen.wrong[:20], "holds": holds,
    }  # fmt: skip
