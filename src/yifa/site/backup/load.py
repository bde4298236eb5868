"""Restoring a backup: into an empty installation, in one transaction, verified by the ledger before it is committed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from yifa.ledger.checkpoints import SignedHead, SigningRefused, last_signed
from yifa.ledger.erasure import Erasure, ErasureRefused, reapply
from yifa.ledger.queries import head
from yifa.ledger.succession import KINDS, current, kind_of
from yifa.ledger.verify import Fault, Verification, every_table
from yifa.listing.search import bring_up_to_date
from yifa.site.backup.dump import FORMAT, MANIFEST
from yifa.site.backup.files import DamagedFile, take
from yifa.site.backup.manifest import unfit
from yifa.site.backup.tables import columns, reader, tables

CHUNK = 1000
SHOWN = 20
AFTER_LOADING: list[Callable[[], object]] = [bring_up_to_date]
"""What is kept beside the tables and made anew from them, such as the search index; called in the same transaction."""


class NotABackup(Exception):
    """The file cannot be understood: exit 2."""


class RestoreRefused(Exception):
    """The file is understood and may not be restored here; `faults` of the ledger, if it was they: exit 1."""

    def __init__(self, message: str, faults: list[Fault] | None = None) -> None:
        self.faults = faults or []
        super().__init__(message)


def restore(path: Path, progress: Callable[[str, int], None] = lambda table, rows: None) -> dict[str, Any]:
    """Load `path` and verify it; the manifest. Nothing was written where NotABackup or RestoreRefused is raised."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = read_manifest(archive)
            _require_empty()
            # before the rows that name them; where the restore is refused, they are swept as what nothing refers to
            take(archive, manifest.get("files", []), progress)
            with transaction.atomic(durable=True):
                _require_empty()
                if connection.vendor == "sqlite":
                    with connection.cursor() as cursor:
                        cursor.execute("PRAGMA defer_foreign_keys = ON")
                for entry in manifest["tables"]:
                    _load(archive, entry, progress)
                _reset_sequences()
                for make in AFTER_LOADING:
                    make()
                _require_true(manifest)
                # only now: the head of the manifest is that of the backup, and each of these is an entry more
                manifest["erased_again"] = len(_erase_again())
    except DamagedFile as error:
        raise NotABackup(str(error)) from error
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise NotABackup(f"{path} 不是完整的备份文件（{error}）。请换一份备份") from error
    return manifest


def _erase_again() -> list[Erasure]:
    """Personal data erased since the backup was made is erased again before anything counts. Raises RestoreRefused."""
    try:
        return reapply()
    except ErasureRefused as refused:
        raise RestoreRefused(str(refused)) from refused


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Raises NotABackup where the file is none, of a later format, or of other tables than this version has."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        kind = manifest["format"]
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        raise NotABackup("文件里没有备份清单 manifest.json，不是 yifa backup 写出的备份") from error
    if kind != FORMAT:
        raise NotABackup(f"备份格式是 {kind}，本版只读 {FORMAT}。请用写出它的版本恢复")
    if wrong := unfit(manifest):
        raise NotABackup(f"备份清单 manifest.json 的 {wrong} 缺失或者写错，文件已损坏。请换一份备份")
    known = {model._meta.db_table: [c.attname for c in columns(model)] for model in tables()}
    for entry in manifest["tables"]:
        if known.get(entry["table"]) != entry["columns"]:
            raise NotABackup(f"备份的数据表 {entry['table']} 与本版不同。请用写出备份的版本恢复，再升级")
    return manifest


def _require_empty() -> None:
    for model in tables():
        if model._base_manager.exists():
            raise RestoreRefused(
                f"这个安装里已经有数据（{model._meta.db_table}）。恢复只能在空的安装上进行：请换一个空的 YIFA_HOME 或者数据库"
            )


def _load(archive: zipfile.ZipFile, entry: dict[str, Any], progress: Callable[[str, int], None]) -> None:
    name = entry["table"]
    model = next(one for one in tables() if one._meta.db_table == name)
    names, readers = entry["columns"], [reader(column) for column in columns(model)]
    count, digest = 0, hashlib.sha256()
    try:
        with archive.open(f"tables/{name}.jsonl") as member:
            lines = _digested(io.BufferedReader(member), digest)
            while chunk := list(islice(lines, CHUNK)):
                model._base_manager.bulk_create([_row(model, names, readers, line) for line in chunk])
                count += len(chunk)
                progress(name, count)
    except (ValueError, TypeError, ValidationError, KeyError, RecursionError, DatabaseError) as error:
        place = f"{name} 第 {count + 1} 至 {count + CHUNK} 行"
        raise NotABackup(f"备份的 {place} 之间有一行读不出来：{str(error).splitlines()[0]}") from error
    if (count, digest.hexdigest()) != (entry["rows"], entry["sha256"]):
        raise NotABackup(f"备份的数据表 {name} 与清单不一致（行数或者摘要不同），文件已损坏。请换一份备份")


def _digested(member: io.BufferedReader, digest: Any) -> Iterator[bytes]:
    for line in member:
        digest.update(line)
        yield line


def _row(model: type[models.Model], names: list[str], readers: list[Callable], line: bytes) -> models.Model:
    values = json.loads(line)
    return model(**{name: read(value) for name, read, value in zip(names, readers, values, strict=True)})


def _reset_sequences() -> None:
    """New rows are numbered on from the restored ones (PostgreSQL keeps counters apart)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _require_true(manifest: dict[str, Any]) -> None:
    """The log and every row hold, and nothing signed before is missing. Raises RestoreRefused."""
    of_cases, of_access = (current(kind) for kind in KINDS)
    for log, bound in ((of_cases, every_table()), (of_access, ())):
        signed = _require_as_long(log)
        faults = list(
            islice(Verification(log=log, tables=bound, signed=signed, beside=bool(bound)).faults(), SHOWN)
        )
        if faults:
            raise RestoreRefused("备份里的数据与日志不一致，没有恢复", faults)
    if head(of_cases).root_sha256 != manifest["log"]["root_sha256"]:
        raise RestoreRefused("恢复后的日志头与备份清单不一致，没有恢复")


def _require_as_long(log: str) -> SignedHead | None:
    """The head of this log signed last. Raises RestoreRefused where the backup ends before it."""
    try:
        signed = last_signed(log)
    except SigningRefused as refused:
        raise RestoreRefused(str(refused)) from refused
    size = head(log).size
    if signed and size < signed.size:
        which = "" if kind_of(log) == "case" else "（查阅记录）"
        raise RestoreRefused(
            f"这份备份比最后一次签名的日志头旧{which}：备份 {size} 条，已签名 {signed.size} 条（{signed.signed_at}）。"
            "恢复它等于丢掉已经对外承诺的记录；请找更新的备份"
        )
    return signed
