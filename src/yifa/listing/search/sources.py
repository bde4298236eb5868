"""Where entries come from: each room says how to make them anew from its register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from yifa.listing.models import SearchEntry
from yifa.listing.search.index import Entry, keep

CHUNK = 2000
_SOURCES: dict[str, Source] = {}


@dataclass(frozen=True)
class Source:
    """`entries` makes all entries of the kind, oldest first; `exists` says whether the register has a row;
    `url` is the address of what a key names, `within` the keys an account of some reach sees (None: all of the organ)."""

    kind: str
    title: str
    entries: Callable[[], Iterable[Entry]]
    exists: Callable[[], bool]
    url: Callable[[str], str]
    within: Callable[[Any], QuerySet] | None = None


def register_source(source: Source) -> None:
    """Raises ValueError on a kind registered twice."""
    if source.kind in _SOURCES:
        raise ValueError(f"search source {source.kind} is registered twice")
    _SOURCES[source.kind] = source


def all_sources() -> list[Source]:
    return list(_SOURCES.values())


def rebuild(kind: str) -> int:
    """Make the entries of a kind anew; returns how many."""
    count = 0
    with transaction.atomic():
        SearchEntry.objects.filter(kind=kind).delete()
        entries: Iterator[Entry] = iter(_SOURCES[kind].entries())
        while chunk := list(islice(entries, CHUNK)):
            keep(chunk)
            count += len(chunk)
    return count


def bring_up_to_date() -> dict[str, int]:
    """Build what a database from before the index lacks; kinds with entries are left alone. Returns what was built."""
    missing = [
        source.kind
        for source in _SOURCES.values()
        if not SearchEntry.objects.filter(kind=source.kind).exists() and source.exists()
    ]
    return {kind: rebuild(kind) for kind in missing}
