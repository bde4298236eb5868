"""A workbook from the browser: kept by its digest, checked, shown, and imported exactly as it was checked."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from yifa.intake.workbook.actions import (
    AnswerChanged,
    NotAWorkbook,
    Outcome,
    sha256_of,
    take_in,
    take_in_file,
)
from yifa.intake.workbook.models import Upload
from yifa.ledger import clock
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ

LARGEST = 64 * 1024 * 1024


class FileGone(LookupError):
    """The file that was checked is no longer there, or no longer the same."""


def kept_at(organ: Organ, digest: str) -> Path:
    return settings.HOME / "uploads" / organ.code / f"{digest}.xlsx"


def receive(*, name: str, size: int, chunks: Iterable[bytes], organ: Organ, actor: Actor) -> Upload:
    """Keep the file and check all of it; nothing of the registers changes. Raises NotAWorkbook."""
    if size > LARGEST:
        raise NotAWorkbook(
            gettext("“%(name)s”有 %(size)s MB，最多 64 MB。请按年份或者按表分成几个文件")
            % {"name": name, "size": size // 1024 // 1024}
        )
    digest = keep(organ, chunks)
    outcome = checked(kept_at(organ, digest), name, organ, actor)
    return Upload.objects.create(
        organ=organ, file_name=name[:300], sha256=digest, uploaded_at=clock.now(), uploaded_by=actor.id,
        answer=outcome.as_json(),
    )  # fmt: skip


def keep(organ: Organ, chunks: Iterable[bytes]) -> str:
    """Write the file under its SHA-256; a file half written never bears the name."""
    folder = kept_at(organ, "").parent
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, waiting = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        os.replace(waiting, kept_at(organ, digest.hexdigest()))
    except BaseException:
        os.unlink(waiting)
        raise
    return digest.hexdigest()


def checked(path: Path, name: str, organ: Organ, actor: Actor) -> Outcome:
    """A dry run; a refusal names the file as its sender calls it, and the refused file is not kept."""
    try:
        return take_in(path=path, organ=organ, actor=actor, dry_run=True)
    except NotAWorkbook as error:
        path.unlink(missing_ok=True)
        raise NotAWorkbook(str(error).replace(str(path), f"“{name}”")) from error


def confirm(
    upload: Upload, organ: Organ, actor: Actor, progress: Callable[[int, int], None] | None = None
) -> Outcome:
    """Import the file that was checked. Raises FileGone, AnswerChanged (the new answer is kept), ChangedMeanwhile."""
    path = kept_at(organ, upload.sha256)
    if not path.is_file() or sha256_of(path) != upload.sha256:
        raise FileGone("核对过的文件已经不在，或者不再是同一个文件。请重新上传")
    try:
        outcome = take_in_file(
            path, organ, actor, progress, expected=upload.answer, file_name=upload.file_name
        )
    except AnswerChanged as changed:
        Upload.objects.filter(pk=upload.pk).update(answer=changed.outcome.as_json())
        raise
    Upload.objects.filter(pk=upload.pk).update(imported_at=clock.now())
    return outcome
