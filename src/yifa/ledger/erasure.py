"""Destroying a personal value for good: value and salt go, the commitment stays, so that every proof holds.

What was destroyed is also listed in `YIFA_KEYS/erasures.jsonl`, outside the database: a backup from before is put back
without it. Whether a value may be destroyed at all is not asked here (`law/personal.py`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, models

from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.digest import ERASED, binding_of, blank, erased_columns, row_digest, row_name
from yifa.ledger.rows import binding_named

SYSTEM = Actor("system:restore")
FORGET: list[Callable[[models.Model, str], None]] = []
"""Called with row and column in the transaction of the erasure: copies elsewhere, such as the search index, forget it."""


class ErasureRefused(Exception):
    """Nothing was destroyed, and why, in Chinese."""

    code = "erasure_refused"


@dataclass(frozen=True)
class Erasure:
    """One line of the list. `field` is `table:key#column`; it holds nothing of what was destroyed."""

    field: str
    table: str
    key: str
    pk: str
    column: str
    legal_basis: str
    approvers: tuple[str, ...]
    at: str


def erase(
    *, row: models.Model, column: str, legal_basis: str, approvers: Sequence[str], actor: Actor
) -> Erasure:
    """Destroy one personal value; the entry is `pii_erased`. `approvers` are the ids of two different people.

    Raises ErasureRefused, IntegrityBroken. When the list outside the database cannot be written, nothing is destroyed.
    """
    if len(approvers) != 2 or len({one.strip() for one in approvers} - {""}) != 2:
        raise ErasureRefused("删除个人信息须由两个不同的人同意。请换一位批准人。")
    with writing() as unit, _overwritten():
        fresh = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        _require_erasable(fresh, column)
        done = _described(fresh, column, legal_basis, approvers)
        _destroy(unit, fresh, done, actor, agency=getattr(fresh, "organ_id", None) or "")
        _enlist(done)
    return done


def reapply(actor: Actor = SYSTEM) -> list[Erasure]:
    """Destroy again what the list names and the database holds; inside the caller's transaction, with entries."""
    unit, found = Unit(), []
    for one in listed():
        row = _row_of(one)
        if row is None or one.column in erased_columns(row):
            continue
        _destroy(unit, row, one, actor, agency=getattr(row, "organ_id", None) or "", reason_code="restored")
        found.append(one)
    unit.flush()
    return found


def listed() -> list[Erasure]:
    """What was ever destroyed here, in order, each once. Raises ErasureRefused where the list is damaged."""
    try:
        lines = file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    try:
        read = [json.loads(line) for line in lines if line.strip()]
        found = [Erasure(**{**one, "approvers": tuple(one["approvers"])}) for one in read]
    except (ValueError, TypeError, KeyError) as error:
        raise ErasureRefused(f"删除清单读不出来：{file()}。请从密钥备份恢复它，再试一次") from error
    return list({one.field: one for one in found}.values())


def file() -> Path:
    return settings.KEYS / "erasures.jsonl"


def _require_erasable(row: models.Model, column: str) -> None:
    binding = binding_of(type(row))
    if column not in binding.personal:
        raise ErasureRefused(f"{binding.table} 的 {column} 不是个人信息列，不能删除。")
    if column in erased_columns(row):
        raise ErasureRefused("这一项已经删除过了，不需要再删。")
    if column not in row.salts:
        raise ErasureRefused("这一项没有日志承诺，删除后无法核验。请先执行 yifa verify state 查明。")


def _described(row: models.Model, column: str, legal_basis: str, approvers: Sequence[str]) -> Erasure:
    binding = binding_of(type(row))
    key = binding.key(row)
    name = f"{row_name(binding.table, key)}#{column}"
    at = clock.now().isoformat(timespec="seconds")
    return Erasure(name, binding.table, key, str(row.pk), column, legal_basis, tuple(approvers), at)


def _destroy(
    unit: Unit, row: models.Model, done: Erasure, actor: Actor, *, agency: str, reason_code: str = ""
) -> None:
    kept = row_digest(row).columns[done.column]
    row.salts = {**row.salts, done.column: ERASED + kept}
    setattr(row, done.column, blank(row, done.column))
    row.version += 1
    unit.log(
        type="pii_erased", actor=actor, agency=agency, rows=[row], legal_basis=done.legal_basis,
        reason_code=reason_code, details={"field": done.field, "approvers": list(done.approvers)},
    )  # fmt: skip
    row.save(update_fields=[done.column, "salts", "version"])
    for forget in FORGET:
        forget(row, done.column)


def _row_of(one: Erasure) -> models.Model | None:
    """By primary key where it still names this row, else by its natural key."""
    binding = binding_named(one.table)
    rows = binding.model._base_manager
    near = rows.filter(pk=one.pk).first()
    if near is not None and binding.key(near) == one.key:
        return near
    return next((row for row in rows.iterator(chunk_size=1000) if binding.key(row) == one.key), None)


def _enlist(done: Erasure) -> None:
    """On the disk before the transaction ends. A line whose transaction failed destroys at a restore what two approved."""
    line = json.dumps(asdict(done), ensure_ascii=False) + "\n"
    try:
        settings.KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as listing:
            listing.write(line)
            listing.flush()
            os.fsync(listing.fileno())
    except OSError as error:
        raise ErasureRefused(f"删除清单写不进去（{error.strerror}），没有删除。请联系系统管理员。") from error


@contextmanager
def _overwritten() -> Iterator[None]:
    """SQLite writes zeros over what is deleted while this lasts; PostgreSQL clears it at the next vacuum."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        yield
        cursor.execute("PRAGMA secure_delete = OFF")
