"""Asking the index: entries of one organ with a fragment, the latest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value

from yifa.listing.models import SearchEntry
from yifa.listing.search.grams import normal, phrase

LETTERS = re.compile(r"[a-z0-9]{2,}")
FTS = "listing_search_fts"
SHOWN = ("kind", "key", "title", "detail")


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    kind: str
    key: str
    title: str
    detail: str


def expression(kind: str, fields: Iterable[str], fragment: str) -> str:
    """The fragment as the database asks for it, in any of the fields. Tokens are letters and digits only."""
    asked = [written(*phrase(kind, field, fragment)) for field in fields]
    return (" OR " if connection.vendor == "sqlite" else " | ").join(asked)


def written(tokens: list[str], begins: bool) -> str:
    if connection.vendor == "sqlite":
        return f'"{" ".join(tokens)}"' + (" *" if begins else "")
    return f"({' <-> '.join(tokens)}{':*' if begins else ''})"


class Matches(Func):
    """Whether the index has the entry under the expression asked."""

    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        key, asked = self.source_expressions
        sql, _ = compiler.compile(key)
        return f"{sql} IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s)", [asked.value]

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        key, asked = self.source_expressions
        return f"{compiler.quote_name_unless_alias(key.alias)}.vector @@ %s::tsquery", [asked.value]


def matching(*, organ: str, kind: str, fields: Iterable[str], fragment: str) -> QuerySet[SearchEntry]:
    """Entries of `kind` with the fragment, as rows to narrow another list by. `fragment` is not blank."""
    asked = Value(expression(kind, fields, fragment))
    return SearchEntry.objects.filter(Matches(F("pk"), asked), organ=organ, kind=kind)


def find(*, organ: str, kind: str, fragment: str, limit: int, among: QuerySet | None = None) -> list[Hit]:
    """The latest `limit` entries with the fragment in a name or number, or with these first letters of the pinyin.

    `among`: keys outside which nothing is found, for who does not see everything.
    """
    wanted = normal(fragment)
    if not wanted:
        return []
    fields = ["number", "name", *(["initials"] if LETTERS.fullmatch(wanted) else [])]
    if among is not None:
        found = matching(organ=organ, kind=kind, fields=fields, fragment=wanted).filter(key__in=among)
        return [Hit(*row) for row in found.order_by("-pk").values_list(*SHOWN)[:limit]]
    table = SearchEntry._meta.db_table
    if connection.vendor == "sqlite":
        # Driven by the index from its end: a common fragment stops after `limit` rows.
        source, where, order = f"{FTS} f CROSS JOIN {table} e ON e.id = f.rowid", f"{FTS} MATCH %s", "f.rowid"
    else:
        source, where, order = f"{table} e", "e.vector @@ %s::tsquery", "e.id"
    sql = (
        f"SELECT e.kind, e.key, e.title, e.detail FROM {source} "
        f"WHERE {where} AND e.kind = %s AND e.organ = %s ORDER BY {order} DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression(kind, fields, wanted), kind, organ, limit])
        return [Hit(*row) for row in cursor.fetchall()]
