"""Columns of a list: which value of a row, how a person reads it, how a program does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

Lookup = Mapping[str, Mapping[str, str]]
Row = Mapping[str, Any]


def plain(value: Any) -> str:
    """A value in words: dates as 2021-03-05, moments with minutes, empty as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def yuan(fen: int | None) -> str:
    """1234567 分 → 12,345.67; nothing for none."""
    return "" if fen is None else f"{fen // 100:,}.{fen % 100:02d}"


def keys_of(packed: str) -> list[str]:
    """`|0101|0102|` → ["0101", "0102"]."""
    return [key for key in packed.split("|") if key]


@dataclass(frozen=True)
class Column:
    """One column. `source` is the field path read by `.values()`.

    `show` turns the value into words (CSV and page); `words` is a fixed mapping, `lookup` names a mapping the page
    loads once per answer; `packed` values hold several keys. JSON gets the value itself. `link` gives the address
    of the row's own page and makes this the row's head. `reckoned` values are no field: the grain's `reckon` puts them
    into the rows of a page, so the list cannot be sorted by them.
    """

    name: str
    title: str
    source: str = ""
    show: Callable[[Any], str] = plain
    words: Mapping[str, str] = field(default_factory=dict)
    lookup: str = ""
    packed: bool = False
    number: bool = False
    sort: tuple[str, ...] = ()
    link: Callable[[Row], str] | None = None
    reckoned: bool = False

    @property
    def path(self) -> str:
        return self.source or self.name

    @property
    def order(self) -> tuple[str, ...]:
        return self.sort or (self.path,)

    def text(self, row: Row, lookup: Lookup) -> str:
        """The value of a row in words."""
        value = row[self.path]
        known = lookup[self.lookup] if self.lookup else self.words
        if self.packed:
            return "、".join(known.get(key, key) for key in keys_of(value))
        return known[value] if value in known else self.show(value)

    def data(self, row: Row) -> Any:
        """The value of a row for programs."""
        value = row[self.path]
        return keys_of(value) if self.packed else value


@dataclass(frozen=True)
class Sum:
    """A sum shown under a list (合计). `total` asks for it by `name`."""

    name: str
    title: str
    source: str
    show: Callable[[int], str] = lambda value: f"{value:,}"
