"""A process that takes evidence in and is killed between two steps of it, at every step in turn; prints what was left.

python -m yifa.casework.evidence.tests.killed, with YIFA_HOME an empty folder. Each try is a fork that kills itself with SIGKILL
before its n-th step on the disk or in the database; the first that lives to the end ends the run.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import django

STEPS = ("write", "pwrite", "fsync", "fdatasync", "fchmod", "replace", "posix_fallocate", "unlink")


def die_before(step: int) -> None:
    """Count every step on the disk and every commit; the process is gone before the given one."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    count = iter(range(1, 10_000))

    def counted(plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if next(count) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return plain(*arguments, **named)

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    DatabaseWrapper._commit = counted(DatabaseWrapper._commit)


def whole(act: Any, data: bytes) -> None:
    """As a form sends it."""
    from yifa.casework.evidence import actions

    file = actions.receive(chunks=[data[:500], data[500:]], name="录像.mp4")
    actions.add_file(act=act, file=file, by="0101", actor=actor())


def by_parts(act: Any, data: bytes) -> None:
    from yifa.casework.evidence import actions, receiving

    receiving.CHUNK = 1000
    row = receiving.open_upload(
        case=act.case, name="录像.mp4", size=len(data), owner="user:1", by="0101", actor=actor()
    )
    told = []
    for at in range(0, len(data), 1000):
        part = data[at : at + 1000]
        told.append(sha256(part).hexdigest())
        receiving.take_chunk(upload=row, offset=at, data=part, declared=len(part), actor=actor())
    row.refresh_from_db()
    file = receiving.finish(upload=row, told=told, actor=actor())
    actions.add_file(act=act, file=file, by="0101", actor=actor())


def actor() -> Any:
    from yifa.ledger.actions import Actor

    return Actor("user:1", role="handler", organ="120115")


def an_act() -> Any:
    from django.core.management import call_command

    from yifa.casework.cases.tests import desk
    from yifa.casework.cases.tests import factories as make

    call_command("migrate", verbosity=0)
    desk.staff()
    event = {
        "at": "2021-08-04T10:00:00+08:00", "kind": "evidence_added", "by": ["0101", "0102"], "id": "证据1",
        "evidence_kind": "audio_visual", "verified": True, "lawful_source": True, "proves": ["乱扔废弃物"],
    }  # fmt: skip
    return (
        make.case_with(make.lead(), make.opening(), event)
        .acts.select_related("case")
        .get(kind="evidence_added")
    )


def tries(act: Any, take_in: Callable[[Any, bytes], None]) -> Iterator[dict[str, Any]]:
    from django.db import connections

    for step in range(1, 200):
        connections.close_all()
        data = film(take_in.__name__, step)
        child = os.fork()
        if not child:
            die_before(step)
            take_in(act, data)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        answered = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        yield {"answered": answered, "killed": killed, **left(sha256(data).hexdigest())}
        if answered:
            return


def film(way: str, step: int) -> bytes:
    from yifa.casework.evidence.tests.samples import box

    body = f"{way} {step} ".encode() * 200
    return box(b"ftyp", b"isom\0\0\0\1isom") + box(b"moov", b"\0" * 40) + box(b"mdat", body[:2300])


def left(digest: str) -> dict[str, Any]:
    """Whether there is a row of these bytes, and every row without whole bytes."""
    from yifa.casework.evidence.errors import EvidenceError
    from yifa.casework.evidence.models import EvidenceFile
    from yifa.casework.evidence.store import store

    lost = []
    for row in EvidenceFile.objects.all():
        try:
            store().check(row.sha256)
        except EvidenceError:
            lost.append(row.sha256)
    return {"row": EvidenceFile.objects.filter(sha256=digest).exists(), "lost": lost}


def swept() -> dict[str, Any]:
    """Orphans now, what is swept a minute from now and in eight days, and what stays."""
    from yifa.casework.evidence import jobs
    from yifa.casework.evidence.models import EvidenceFile
    from yifa.casework.evidence.queries import orphans
    from yifa.casework.evidence.store import path_of, store

    listed = [digest for digest, _ in orphans()]
    at_once = jobs.sweep_store()
    root = store().root
    old = [path_of(root, digest) for digest in listed] + list(Path(root / "incoming").glob("*"))
    for path in old:
        os.utime(path, (path.stat().st_mtime - 8 * 24 * 3600,) * 2)
    return {
        "orphans": len(listed), "at_once": at_once, "later": jobs.sweep_store(), "still": len(orphans()),
        "incoming": len(list(Path(root / "incoming").glob("*"))), "rows": EvidenceFile.objects.count(),
        **left(""),
    }  # fmt: skip


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()
    act = an_act()
    ways = {way.__name__: list(tries(act, way)) for way in (whole, by_parts)}
    print(json.dumps({**ways, "swept": swept()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
