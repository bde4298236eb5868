"""Reading every bound row back, also rows someone has damaged so that they can no longer be read whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, models, transaction
from django.db.models.expressions import RawSQL

from yifa.ledger.bound import BINDINGS, Binding
from yifa.ledger.digest import RowDigest, erased_columns, row_digest, row_name, unspellable

CHUNK = 1000
UNREADABLE = (
    ValueError, TypeError, AttributeError, RecursionError, OverflowError, ObjectDoesNotExist, DatabaseError
)  # fmt: skip

MAPPED = 1 << 31
"""Bytes, the most SQLite maps; what lies beyond is read as ever."""


@dataclass(frozen=True)
class StoredRow:
    """A row as stored. `digest` is None where it cannot be computed, because of `broken` columns or lost salts."""

    name: str
    kind: str
    digest: RowDigest | None
    broken: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    pk: Any = None


def binding_named(table: str) -> Binding:
    """Raises LookupError where no model is bound under this name."""
    for binding in BINDINGS.values():
        if binding.table == table:
            return binding
    raise LookupError(f"no table {table} is bound to the ledger")


def stored_rows(binding: Binding, **only: Any) -> Iterator[StoredRow]:
    """All rows of a model in the order of their primary key, a thousand at a time; `only` narrows (Django look-ups)."""
    rows = binding.model._base_manager.filter(**only).order_by("pk")
    after: dict[str, Any] = {}
    while True:
        chunk = rows.filter(**after)[:CHUNK]
        try:
            found = [(obj.pk, _read(binding, obj)) for obj in chunk]
        except UNREADABLE:
            try:
                keys = list(chunk.values_list("pk", flat=True))
                found = [(pk, _read_alone(binding, rows.filter(pk=pk))) for pk in keys]
            except UNREADABLE:
                yield from _by_place(binding, rows.filter(**after))
                return
        yield from (row for _, row in found)
        if len(found) < CHUNK:
            return
        after = {"pk__gt": found[-1][0]}


def _read(binding: Binding, obj: models.Model) -> StoredRow:
    kind = str(getattr(obj, "kind", ""))
    lost = tuple(name for name in binding.personal if name not in obj.salts)
    name = row_name(binding.table, binding.key(obj))
    return StoredRow(name, kind, None if lost else row_digest(obj), lost, erased_columns(obj), obj.pk)


def _by_place(binding: Binding, rows: models.QuerySet) -> Iterator[StoredRow]:
    """Each row by where SQLite keeps it: a key that is no text is found by no query for it."""
    if connection.vendor != "sqlite":
        raise DatabaseError(f"{binding.table}: a key cannot be read")
    place = RawSQL(f'"{binding.model._meta.db_table}"."rowid"', ())
    for at in list(rows.annotate(place=place).values_list("place", flat=True)):
        alone = binding.model._base_manager.annotate(place=place).filter(place=at)
        try:
            yield _read_alone(binding, alone)
        except UNREADABLE:
            key = binding.model._meta.pk.attname
            yield StoredRow(row_name(binding.table, f"?rowid={at}"), "", None, (key,))


def _read_alone(binding: Binding, rows: models.QuerySet) -> StoredRow:
    try:
        return _read(binding, rows.get())
    except UNREADABLE:
        columns = [field.attname for field in binding.model._meta.concrete_fields]
        broken = {name for name in columns if not _readable(rows, name)}
        obj = rows.defer(*broken).get()
        broken |= unspellable(obj, binding.model, skip=broken)
        kind = "" if "kind" in broken else str(getattr(obj, "kind", ""))
        return StoredRow(_name(binding, obj), kind, None, tuple(sorted(broken)))


def _name(binding: Binding, obj: models.Model) -> str:
    try:
        return row_name(binding.table, binding.key(obj))
    except UNREADABLE:
        return row_name(binding.table, f"?id={obj.pk}")


def _readable(rows: models.QuerySet, column: str) -> bool:
    try:
        list(rows.values_list(column, flat=True))
    except UNREADABLE:
        return False
    return True


def as_bytes(value: object) -> bytes:
    """A column of bytes as the driver gives it; nothing where SQLite holds something else there."""
    return bytes(value) if isinstance(value, (bytes, memoryview)) else b""


@contextmanager
def snapshot() -> Iterator[None]:
    """The database as at one moment, without holding up writers; inside a transaction, that transaction."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def mapped() -> Iterator[None]:
    """SQLite's file mapped while this lasts, for who reads a log through: pages are not copied (docs/decisions/0018).

    Changes nothing of what is read. PostgreSQL has its own buffers.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA mmap_size = {MAPPED}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA mmap_size = 0")
