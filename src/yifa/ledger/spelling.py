"""Rows whose stored values SQLite compares otherwise than the ORM reads them: the digest is the same, the figures are not.

SQLite keeps `20210304` in a column of dates and 15000.5 in one of whole numbers; read back they are what was
recorded, while queries compare what stands there. PostgreSQL holds values of its columns' types and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, models

from yifa.ledger.bound import Binding

MOST = 10_000
"""Rows of a table that are named: what is found is kept until the row is read."""
CHUNK = 1000
DAY = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
MOMENT = f"{DAY} [0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
Misspelt = dict[str, tuple[str, ...]]
"""Columns by primary key, as text."""


def misspelt(binding: Binding) -> Misspelt:
    """Rows, at most MOST, with a digested column not spelt as it is written here."""
    if connection.vendor != "sqlite":
        return {}
    found: dict[str, set[str]] = {}
    for key, name in (*_of_type(binding), *_doubled(binding)):
        if key not in found and len(found) >= MOST:
            break
        found.setdefault(key, set()).add(name)
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _columns(binding: Binding) -> list[models.Field]:
    digested = {*binding.legal, *binding.personal, "version"}
    return [column for column in binding.model._meta.concrete_fields if column.attname in digested]


def _as_written(column: models.Field) -> str:
    """The condition in SQL that a value is spelt as Django spells it; empty for columns compared as they are read."""
    name = f'"{column.column}"'
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    if isinstance(column, models.DateTimeField):
        return f"{name} GLOB '{MOMENT}' OR {name} GLOB '{MOMENT}.{'[0-9]' * 6}'"
    if isinstance(column, models.DateField):
        return f"{name} GLOB '{DAY}'"
    if isinstance(column, models.BooleanField):
        return f"typeof({name}) = 'integer' AND {name} IN (0, 1)"
    return f"typeof({name}) = 'integer'" if isinstance(column, models.IntegerField) else ""


def _of_type(binding: Binding) -> Iterator[tuple[str, str]]:
    """Key and column of what is no date, moment, whole number or yes and no as written here."""
    plans = [(column, spelt) for column in _columns(binding) if (spelt := _as_written(column))]
    wrong = [f'("{column.column}" IS NOT NULL AND NOT ({spelt}))' for column, spelt in plans]
    if wrong:
        for key, *flags in _rows(binding, wrong, " OR ".join(wrong)):
            yield from ((key, column.attname) for (column, _), flag in zip(plans, flags, strict=True) if flag)


def _doubled(binding: Binding) -> Iterator[tuple[str, str]]:
    """Key and column of stored JSON with a key twice in one object: SQL takes the first, Python the last."""
    plans = [column for column in _columns(binding) if isinstance(column, models.JSONField)]
    texts = [f'CAST("{column.column}" AS BLOB)' for column in plans]
    if texts:
        for key, *values in _rows(binding, texts, "1"):
            for column, text in zip(plans, values, strict=True):
                if text is not None and _has_doubled(bytes(text)):
                    yield key, column.attname


def _rows(binding: Binding, chosen: list[str], where: str) -> Iterator[tuple]:
    meta = binding.model._meta
    with connection.chunked_cursor() as cursor:
        # a key that is no UTF-8 would end the reading
        cursor.execute(
            f'SELECT CAST("{meta.pk.column}" AS BLOB), {", ".join(chosen)} FROM "{meta.db_table}" WHERE {where}'
        )
        while rows := cursor.fetchmany(CHUNK):
            yield from ((bytes(key).decode(errors="replace"), *values) for key, *values in rows)


def _has_doubled(text: bytes) -> bool:
    try:
        value = json.loads(text)
        # spelt as it is written here: each key stands there once
        return json.dumps(value).encode() != text and _counted(text)
    except (ValueError, RecursionError):
        return False  # named where the row is read


def _counted(text: bytes) -> bool:
    doubled = []

    def seen(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            doubled.append(found)
        return found

    json.loads(text, object_pairs_hook=seen)
    return bool(doubled)
