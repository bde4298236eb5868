"""Parameters: periods, ceilings and choices, each an edition with dates and a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from yifa.law.packs.errors import NotInForce, UnknownParameter, ValueNotSet

UNITS = {
    "fen", "day", "working_day", "month", "year", "hour", "minute", "second", "percent", "count",
    "date", "month_day", "flag", "list", "text",
}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One edition. `value` is int, bool, str, date or a tuple; money in 分. `confirmed`: a person vouches for it."""

    name: str
    title: str
    value: Any
    unit: str
    confirmed: bool
    statutory: bool
    source: str
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


def read(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Parameter, ...]]:
    """Editions by name from `[[parameter]]` tables. Raises ValueError for an unknown unit or overlapping editions."""
    out: dict[str, tuple[Parameter, ...]] = {}
    for row in rows:
        if row["name"] in out:
            raise ValueError(f"{row['name']}: twice in one file")
        editions = tuple(_edition(row, edition) for edition in row["edition"])
        _demand_order(editions)
        out[row["name"]] = editions
    return out


def choose(editions: Mapping[str, tuple[Parameter, ...]], name: str, on: date) -> Parameter:
    """The edition in force on a day. Raises UnknownParameter, NotInForce or ValueNotSet."""
    if name not in editions:
        raise UnknownParameter(name)
    for edition in editions[name]:
        if edition.in_force(on):
            if edition.value is None:
                raise ValueNotSet(name)
            return edition
    raise NotInForce(f"{editions[name][0].title}：{on.isoformat()}没有施行中的规定")


def laid_over(editions: tuple[Parameter, ...], later: Parameter) -> tuple[Parameter, ...]:
    """The editions with a later one in force over its own days: what it overlaps is shortened, split or dropped."""
    kept: list[Parameter] = []
    for one in editions:
        if later.valid_from is not None and (one.valid_from is None or one.valid_from < later.valid_from):
            end = later.valid_from - timedelta(days=1)
            kept.append(replace(one, valid_to=end if one.valid_to is None else min(one.valid_to, end)))
        if later.valid_to is not None and (one.valid_to is None or one.valid_to > later.valid_to):
            start = later.valid_to + timedelta(days=1)
            kept.append(
                replace(one, valid_from=start if one.valid_from is None else max(one.valid_from, start))
            )
    whole = [*kept, later]
    return tuple(sorted(whole, key=lambda one: one.valid_from or date.min))


def _edition(row: Mapping[str, Any], edition: Mapping[str, Any]) -> Parameter:
    if edition["unit"] not in UNITS:
        raise ValueError(f"{row['name']}: unknown unit {edition['unit']}")
    value = edition.get("value")
    if edition["unit"] == "date" and value is not None:
        value = date.fromisoformat(value)
    return Parameter(
        name=row["name"],
        title=row["title"],
        value=tuple(value) if isinstance(value, list) else value,
        unit=edition["unit"],
        confirmed=edition["confirmed"],
        statutory=edition["statutory"],
        source=edition["source"],
        note="；".join(note for note in (row.get("note", ""), edition.get("note", "")) if note),
        valid_from=_day(edition.get("valid_from")),
        valid_to=_day(edition.get("valid_to")),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _demand_order(editions: tuple[Parameter, ...]) -> None:
    for earlier, later in zip(editions, editions[1:], strict=False):
        if earlier.valid_to is None or later.valid_from is None or earlier.valid_to >= later.valid_from:
            raise ValueError(f"{earlier.name}: editions overlap or are out of order")
