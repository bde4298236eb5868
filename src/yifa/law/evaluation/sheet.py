"""The evaluation sheet as data: vetoes, then items by part of the file. Read once from sheet.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from yifa.law.evaluation.conditions import CONDITIONS
from yifa.law.rules import RULES

HUNDRED = 100


@dataclass(frozen=True)
class Entry:
    """A veto (`section` empty, no points) or an item. `each`: points one finding costs. `when`: acts it waits for.

    `optional`: concerns only some cases; `procedure`: only cases of that one (empty: all).
    """

    key: str
    title: str
    looks_at: str
    article: str
    rules: tuple[str, ...]
    condition: str
    when: frozenset[str]
    by_hand: bool
    optional: bool
    procedure: str
    section: str = ""
    points: int = 0
    each: int = 0


@dataclass(frozen=True)
class Part:
    """A part of the file (案卷部分) and its items."""

    key: str
    title: str
    items: tuple[Entry, ...]

    @property
    def points(self) -> int:
        return sum(item.points for item in self.items)


@dataclass(frozen=True)
class Sheet:
    vetoes: tuple[Entry, ...]
    parts: tuple[Part, ...]


@cache
def sheet() -> Sheet:
    """The sheet shipped. Raises ValueError."""
    return read((Path(__file__).parent / "sheet.toml").read_text(encoding="utf-8"))


def read(text: str) -> Sheet:
    """Raises ValueError for a rule or condition that does not exist, a rule named twice, points that are not a hundred."""
    data = tomllib.loads(text)
    vetoes = tuple(_entry(row) for row in data["veto"])
    items = [_entry(row) for row in data["item"]]
    parts = tuple(
        Part(row["key"], row["title"], tuple(item for item in items if item.section == row["key"]))
        for row in data["section"]
    )
    _demand_whole(vetoes, parts, items)
    return Sheet(vetoes, parts)


def _entry(row: Mapping[str, Any]) -> Entry:
    rules, condition = tuple(row.get("rules", ())), row.get("condition", "")
    if unknown := [rule for rule in rules if rule not in RULES]:
        raise ValueError(f"{row['key']}: unknown rules {unknown}")
    if condition and condition not in CONDITIONS:
        raise ValueError(f"{row['key']}: unknown condition {condition}")
    if not (rules or condition or row.get("by_hand")):
        raise ValueError(f"{row['key']}: nothing to judge by")
    when = row.get("when") or [kind for rule in rules for kind in RULES[rule].moments]
    if not when and not row.get("by_hand"):
        raise ValueError(f"{row['key']}: no act it could be judged at")
    points = row.get("points", 0)
    return Entry(
        key=row["key"], title=row["title"], looks_at=row["looks_at"], article=row["article"], rules=rules,
        condition=condition, when=frozenset(when), by_hand=row.get("by_hand", False),
        optional=row.get("optional", False), procedure=row.get("procedure", ""),
        section=row.get("section", ""), points=points, each=row.get("each", points),
    )  # fmt: skip


def _demand_whole(vetoes: tuple[Entry, ...], parts: tuple[Part, ...], items: list[Entry]) -> None:
    named = [rule for entry in (*vetoes, *items) for rule in entry.rules]
    if twice := sorted({rule for rule in named if named.count(rule) > 1}):
        raise ValueError(f"rules in two places of the sheet: {twice}")
    if missing := sorted(set(RULES) - set(named)):
        raise ValueError(f"rules nowhere on the sheet: {missing}")
    if sum(len(part.items) for part in parts) != len(items):
        raise ValueError("an item of a section that does not exist")
    if (total := sum(part.points for part in parts)) != HUNDRED:
        raise ValueError(f"the points are {total}, not {HUNDRED}")
