"""The column digests kept beside an entry: they are outside the leaf, so they are folded again and held against it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from yifa.ledger.digest import fold
from yifa.ledger.models import Event
from yifa.ledger.rows import binding_named, stored_rows

VERSIONS = 4096
"""How far a version is searched for: a body says that of its first row only, and a fold needs it."""


def unfit(log: str, entries: Mapping[int, bytes]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Index, row and, where it can still be told, columns of what does not fold to the row digest in the body."""
    found = Event.objects.filter(log=log, idx__gte=min(entries), idx__lte=max(entries)).order_by("idx")
    for idx, columns in found.values_list("idx", "columns"):
        try:
            told = json.loads(entries[idx])
            after, version = told["after"], told["object"]["version"]
        except (ValueError, KeyError, TypeError):
            continue  # a fault of the entry itself, named elsewhere
        beside = columns if isinstance(columns, dict) else {}
        for name in after.keys() | beside.keys():
            kept, digest = beside.get(name), after.get(name, "")
            if not _folds(name, kept, digest, version):
                yield idx, name, _differing(name, kept, digest)


def _folds(name: str, columns: object, digest: str, version: int) -> bool:
    if not isinstance(columns, dict) or not all(isinstance(one, str) for one in columns.values()):
        return False
    table, _, key = name.partition(":")
    key = unquote(key)
    return any(fold(table, key, one, columns) == digest for one in (version, *range(1, VERSIONS)))


def _differing(name: str, kept: object, digest: str) -> tuple[str, ...]:
    """Columns that were changed, where the row still is as this entry recorded it."""
    try:
        binding = binding_named(name.partition(":")[0])
    except LookupError:
        return ()
    beside = kept if isinstance(kept, dict) else {}
    for row in stored_rows(binding):
        if row.name == name and row.digest and row.digest.digest == digest:
            now = row.digest.columns
            return tuple(sorted(one for one in beside.keys() | now.keys() if beside.get(one) != now.get(one)))
    return ()
