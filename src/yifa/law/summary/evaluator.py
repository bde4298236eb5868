"""Reads conditions.toml against a record: the Python twin of evaluator.js. Operators: README.md."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event

Getter = Callable[[Facts, Event], Any]
Holds = Callable[[Facts, Event], bool]

FILE = Path(__file__).parent / "conditions.toml"


@cache
def conditions() -> dict[str, dict[str, Any]]:
    """The table by rule id."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["condition"]
    return {row["rule"]: row for row in rows}


def table_guard(rule: str) -> Callable[[Facts, Event], Breach | None]:
    """The guard of a rule whose whole condition is its row of the table."""

    return partial(judge, rule)


def judge(rule: str, facts: Facts, step: Event) -> Breach | None:
    """One row at one act: a breach with every fault that holds, or None."""
    row = _row(rule)
    if step.bare and not row.bare:
        return None
    texts = [text for text, when in row.faults if all(holds(facts, step) for holds in when)]
    if not texts:
        return None
    told = "；".join(dict.fromkeys(text for text in texts if text))
    return Breach(f"{row.head}：{told}" if told else row.head, row.remedy)


@dataclass(frozen=True, slots=True)
class Row:
    """A row made ready: each fault its text and the functions that must all answer yes."""

    head: str
    remedy: str
    bare: bool
    faults: tuple[tuple[str, tuple[Holds, ...]], ...]


@cache
def _row(rule: str) -> Row:
    row = conditions()[rule]
    faults = tuple(
        (fault.get("text", ""), tuple(_condition(*one) for one in fault["when"])) for fault in row["fault"]
    )
    return Row(row["head"], row["remedy"], row.get("bare", False), faults)


def _condition(path: str, operator: str, given: Any = None) -> Holds:
    value = _getter(path)
    if operator == "years_lt":
        until, name = _getter(given["until"]), given["lookup"]
        return lambda facts, step: _years_lt(facts, value(facts, step), until(facts, step), name)
    other: Getter = lambda facts, step: given  # noqa: E731 - one of three ways to come by the operand
    if isinstance(given, dict):
        other = _getter(given.get("path") or f"lookup.{given['lookup']}")
    if operator == "officers_lt":
        return lambda facts, step: len(facts.officers.intersection(step.by)) < other(facts, step)
    compare = OPERATORS[operator]
    return lambda facts, step: compare(value(facts, step), other(facts, step))


def _getter(path: str) -> Getter:
    """How to find what stands at a path, as JSON has it: dates as text; None where there is nothing."""
    first, *names = path.split(".")
    if first == "lookup":
        return lambda facts, step: plain(facts.param(names[0], step.day).value)
    if first == "acts":
        return lambda facts, step: facts.before(step, names[0])
    if first == "since":
        return lambda facts, step: _since(facts, step, *names)
    if first == "last":
        return lambda facts, step: _walk(facts.last_before(step, names[0]), names[1:])
    if first == "matter":
        return lambda facts, step: _walk(facts.pack.matters.get(facts.record.matter), names)
    if first == "event":
        return lambda facts, step: _walk(step, names)
    return lambda facts, step: _walk(getattr(facts.record, first), names)


def _since(facts: Facts, step: Event, start: str, kind: str) -> list[Event]:
    began = facts.last_before(step, start)
    return [one for one in facts.before(step, kind) if began is not None and one.index > began.index]


def _walk(node: Any, names: list[str]) -> Any:
    for name in names:
        if node is None:
            return None
        own = isinstance(node, Event) and name not in ("day", "by")
        node = node.data.get(name) if own else getattr(node, name)
    return plain(node)


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _years_lt(facts: Facts, born: str | None, until: str | None, name: str) -> bool:
    """Are there fewer full years from a birthday to a day than the look-up of that day says?"""
    if not born or not until:
        return False
    years = int(until[:4]) - int(born[:4]) - (until[5:] < born[5:])
    return bool(years < facts.param(name, date.fromisoformat(until)).value)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, other: value is not None and other is not None and compare(value, other)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda value, other: value == other,
    "ne": lambda value, other: value != other,
    "eq_or_missing": lambda value, other: value is None or value == other,
    "in": lambda value, other: value in other,
    "has": lambda value, other: value is not None and other in value,
    "lacks": lambda value, other: value is not None and other not in value,
    "outside": lambda value, other: value is not None and any(item not in other for item in value),
    "lt": _ordered(lambda value, other: value < other),
    "le": _ordered(lambda value, other: value <= other),
    "gt": _ordered(lambda value, other: value > other),
    "ge": _ordered(lambda value, other: value >= other),
    "missing": lambda value, _: value is None or value == "",
    "present": lambda value, _: not (value is None or value == ""),
    "none": lambda value, _: not value,
    "some": lambda value, _: bool(value),
    "district_ne": lambda value, other: value[:6] != other[:6],
}
