"""The column digests kept beside an entry: they are outside the leaf, so they are folded again and held against it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from django.db import connection

from yifa.ledger.bodies import Row
from yifa.ledger.digest import folds
from yifa.ledger.models import Event
from yifa.ledger.rows import as_bytes, binding_named, stored_rows

VERSIONS = 4096
"""How far a version is searched for: a body says that of its first row only, and a fold needs it."""
NAMED = 100
"""Faults of which the columns are told: each table is read whole for that, once for all of them."""
Unfit = tuple[int, str, dict[str, Any], str]  # index, row, what is kept of it, its digest in the body


class Beside:
    """Takes in the entries of a log in their order and gives back what does not fold to the row digests in them."""

    def __init__(self, log: str) -> None:
        self.log = log
        self.found: list[Unfit] = []
        self.told = 0

    @property
    def many(self) -> bool:
        """So many that `unfit` should be asked now: what was found is not kept for ever."""
        return len(self.found) >= NAMED

    def look(self, entries: Sequence[Row]) -> None:
        """Entries as stored."""
        bodies = {row[0]: row[1] for row in entries if type(row[0]) is int}
        if not bodies:
            return
        for idx, beside in _kept(self.log, min(bodies), max(bodies)):
            try:
                told = json.loads(bodies[idx])
                after, version = dict(told["after"]), int(told["object"]["version"])
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
                continue  # a fault of the entry itself, named elsewhere
            for name in sorted(after.keys() | beside.keys()):
                kept, digest = beside.get(name), after.get(name)
                if not _folds(name, kept, digest, version):
                    self.found.append((idx, name, kept if isinstance(kept, dict) else {}, str(digest)))

    def unfit(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Index, row and, where it can still be told, columns of what was found since this was asked last."""
        found, self.found = self.found, []
        columns = _differing(found[: max(0, NAMED - self.told)])
        self.told += len(found)
        for idx, name, _, _ in found:
            yield idx, _printable(name), columns.get((idx, name), ())


def kept_at(log: str, idx: int) -> dict[str, Any]:
    """What is kept beside one entry; empty where that cannot be read."""
    return next((beside for _, beside in _kept(log, idx, idx)), {})


def _kept(log: str, first: int, last: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """As text, since Django gives up at what is no JSON of its kind; bytes are what SQLite gives in any case."""
    spelt = "CAST(columns AS BLOB)" if connection.vendor == "sqlite" else "columns::text"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT idx, {spelt} FROM {Event._meta.db_table} WHERE log = %s AND idx BETWEEN %s AND %s ORDER BY idx",
            [log, first, last],
        )
        for idx, text in cursor.fetchall():
            try:
                beside = json.loads(text if isinstance(text, str) else as_bytes(text).decode())
            except (ValueError, RecursionError):
                beside = {}
            yield idx, beside if isinstance(beside, dict) else {}


def _folds(name: str, columns: object, digest: object, version: int) -> bool:
    if not (isinstance(columns, dict) and columns and isinstance(digest, str)):
        return False
    table, _, key = name.partition(":")
    try:
        return folds(table, unquote(key), columns, digest, (version, *range(1, VERSIONS)))
    except UnicodeEncodeError:
        return False


def _differing(found: list[Unfit]) -> dict[tuple[int, str], tuple[str, ...]]:
    """Columns that were changed, where the row still is as its entry recorded it; each table is read through once."""
    wanted: dict[str, list[Unfit]] = {}
    for one in found:
        wanted.setdefault(one[1], []).append(one)
    columns = {}
    for table in sorted({name.partition(":")[0] for name in wanted}):
        try:
            binding = binding_named(table)
        except LookupError:
            continue
        for row in stored_rows(binding):
            for idx, name, kept, digest in wanted.get(row.name, ()):
                if row.digest and row.digest.digest == digest:
                    now = row.digest.columns
                    columns[idx, name] = tuple(
                        sorted(
                            _printable(one)
                            for one in kept.keys() | now.keys()
                            if kept.get(one) != now.get(one)
                        )
                    )
    return columns


def _printable(name: str) -> str:
    return name.encode(errors="replace").decode()
