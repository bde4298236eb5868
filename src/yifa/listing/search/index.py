"""Keeping the index: called by a room in the transaction that writes the row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from yifa.listing.models import SearchEntry
from yifa.listing.search.grams import grams

# as bulk_create spells it, which builds it anew for every case that is opened
KEEP = f"""
INSERT INTO {SearchEntry._meta.db_table} (organ, kind, key, title, detail, grams) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, organ, key) DO UPDATE SET title = EXCLUDED.title, detail = EXCLUDED.detail, grams = EXCLUDED.grams
"""


@dataclass(frozen=True)
class Entry:
    """What can be found: `texts` are (field, text), fields as in grams.FIELDS; `title` and `detail` are shown."""

    organ: str
    kind: str
    key: str
    title: str
    detail: str
    texts: tuple[tuple[str, str], ...]


def keep(entries: Iterable[Entry]) -> None:
    """Enter these, or bring those of the same key up to date."""
    rows = [
        (one.organ, one.kind, one.key, one.title[:300], one.detail[:300], grams(one.kind, one.texts))
        for one in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(KEEP, rows)


def remove(*, organ: str, kind: str, keys: Iterable[str]) -> None:
    """Forget these, as when a name is erased."""
    SearchEntry.objects.filter(organ=organ, kind=kind, key__in=list(keys)).delete()


def write_anew() -> None:
    """Pieces of what was removed stay in the files of SQLite's index until it is merged; PostgreSQL has none to merge."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO listing_search_fts(listing_search_fts) VALUES ('optimize')")
