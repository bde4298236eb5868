"""Writing a backup: every table as it was at one moment, in one zip file that names what is in it and its digests."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models

from yifa.casework.evidence.queries import all_stored
from yifa.ledger import clock
from yifa.ledger.queries import head
from yifa.ledger.rows import snapshot
from yifa.ledger.succession import current
from yifa.site.backup.files import put
from yifa.site.backup.tables import columns, tables, writer

FORMAT = "yifa-backup/1"
MANIFEST = "manifest.json"
CHUNK = 1000
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Written:
    """What a backup holds: rows, the head of the log it carries, files of evidence; `lost`: those it could not take."""

    rows: int
    size: int
    root_sha256: str
    files: int = 0
    lost: tuple[str, ...] = ()


def dump(path: Path, progress: Progress = lambda table, rows: None) -> Written:
    """Write the whole installation to `path`; the file is complete when it has its name. Raises OSError."""
    new = path.with_name(f"{path.name}.new")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            written = _write(archive, progress)
        _to_disk(new)
        os.replace(new, path)
        _to_disk(path.parent)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return written


def _write(archive: zipfile.ZipFile, progress: Progress) -> Written:
    with snapshot():
        log = head(current("case"))
        listed = [_table(archive, model, progress) for model in tables()]
        stored = all_stored()
    # their rows are of that one moment, and their bytes never change
    files = put(archive, stored, progress)
    manifest = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "log": {"size": log.size, "root_sha256": log.root_sha256, "root_sm3": log.root_sm3},
        "tables": listed,
        "files": files,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    lost = tuple(one["sha256"] for one in files if one["lost"])
    return Written(
        sum(one["rows"] for one in listed), log.size, log.root_sha256, len(files) - len(lost), lost
    )


def _table(archive: zipfile.ZipFile, model: type[models.Model], progress: Progress) -> dict[str, Any]:
    """One member `tables/<table>.jsonl`, a JSON list a row; its entry in the manifest."""
    name, digest, count = model._meta.db_table, hashlib.sha256(), 0
    with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as member:
        for lines in _lines(model):
            text = "".join(lines).encode()
            digest.update(text)
            member.write(text)
            count += len(lines)
            progress(name, count)
    return {
        "table": name,
        "columns": [c.attname for c in columns(model)],
        "rows": count,
        "sha256": digest.hexdigest(),
    }


def _lines(model: type[models.Model]) -> Iterator[list[str]]:
    """Rows in the order of their key, a thousand at a time, so that memory stays flat."""
    fields = columns(model)
    writers = [writer(field) for field in fields]
    names = [field.attname for field in fields]
    place = names.index(model._meta.pk.attname)
    rows, after = model._base_manager.order_by("pk"), {}
    while True:
        found = list(rows.filter(**after).values_list(*names)[:CHUNK])
        if found:
            yield [
                json.dumps(
                    [write(value) for write, value in zip(writers, row, strict=True)], ensure_ascii=False
                )
                + "\n"
                for row in found
            ]
        if len(found) < CHUNK:
            return
        after = {"pk__gt": found[-1][place]}


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
