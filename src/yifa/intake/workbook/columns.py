"""What a column of a sheet may hold: the vocabulary in which sheets.py describes the workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

TEXT_LIMIT = 200


@dataclass(frozen=True)
class Column:
    """One column. `kind`: text, slug, date, moment, money (元 → 分), hundredths, count, size, yes_no, enum, enums,
    person, persons, json, sha256, retention, campaign. `labels` maps 中文 → stored key for enum and enums.
    `limit`: characters of a text, or the largest number."""

    header: str
    key: str
    kind: str = "text"
    required: bool = False
    natural: bool = False
    labels: dict[str, str] = field(default_factory=dict, hash=False)
    limit: int = TEXT_LIMIT
    note: str = ""
    sample: str | int | float = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its 中文 name, and its columns in the order of the template."""

    name: str
    columns: tuple[Column, ...]

    @cached_property
    def by_header(self) -> dict[str, Column]:
        return {column.header: column for column in self.columns}

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def natural(self) -> tuple[str, ...]:
        """Keys of the columns by which a row is recognised."""
        return tuple(column.key for column in self.columns if column.natural)

    def headers(self, keys: tuple[str, ...]) -> str:
        return "、".join(self.by_key[key].header for key in keys)


def key(header: str, name: str, kind: str = "text", **more: object) -> Column:
    """A required column that is part of the natural key."""
    return Column(header, name, kind, required=True, natural=True, **more)  # type: ignore[arg-type]


def need(header: str, name: str, kind: str = "text", **more: object) -> Column:
    return Column(header, name, kind, required=True, **more)  # type: ignore[arg-type]


def may(header: str, name: str, kind: str = "text", **more: object) -> Column:
    return Column(header, name, kind, **more)  # type: ignore[arg-type]
