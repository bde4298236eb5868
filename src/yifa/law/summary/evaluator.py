"""Reads conditions.toml against a record: the Python twin of evaluator.js. Operators: README.md."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event

FILE = Path(__file__).parent / "conditions.toml"


@cache
def conditions() -> dict[str, dict[str, Any]]:
    """The table by rule id."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["condition"]
    return {row["rule"]: row for row in rows}


def table_guard(rule: str) -> Callable[[Facts, Event], Breach | None]:
    """The guard of a rule whose whole condition is its row of the table."""

    def guard(facts: Facts, step: Event) -> Breach | None:
        return judge(rule, facts, step)

    return guard


def judge(rule: str, facts: Facts, step: Event) -> Breach | None:
    """One row at one act: a breach with every fault that holds, or None."""
    row = conditions()[rule]
    if step.bare and not row.get("bare", False):
        return None
    held = [fault for fault in row["fault"] if all(_holds(facts, step, one) for one in fault["when"])]
    if not held:
        return None
    texts = list(dict.fromkeys(fault["text"] for fault in held if "text" in fault))
    return Breach(row["head"] + (f"：{'；'.join(texts)}" if texts else ""), row["remedy"])


def _holds(facts: Facts, step: Event, condition: list[Any]) -> bool:
    path, operator, *rest = condition
    value = _value(facts, step, path)
    if operator == "years_lt":
        return _years_lt(facts, step, value, rest[0])
    operand: Any = _operand(facts, step, rest[0]) if rest else None
    if operator == "officers_lt":
        return len(facts.officers.intersection(value)) < operand
    return OPERATORS[operator](value, operand)


def _operand(facts: Facts, step: Event, given: Any) -> Any:
    if isinstance(given, dict):
        return _value(facts, step, given.get("path") or f"lookup.{given['lookup']}")
    return given


def _value(facts: Facts, step: Event, path: str) -> Any:
    """What stands at a path, as JSON has it: dates as text; None where there is nothing."""
    first, *names = path.split(".")
    if first == "lookup":
        return plain(facts.param(names[0], step.day).value)
    if first == "acts":
        return facts.before(step, names[0])
    if first == "since":
        start = facts.last_before(step, names[0])
        return [one for one in facts.before(step, names[1]) if start is not None and one.index > start.index]
    if first == "last":
        found: Any = facts.last_before(step, names.pop(0))
    elif first == "matter":
        found = facts.pack.matters.get(facts.record.matter)
    else:
        found = step if first == "event" else getattr(facts.record, first)
    for name in names:
        found = _part(found, name)
    return plain(found)


def _part(node: Any, name: str) -> Any:
    if isinstance(node, Event) and name not in ("day", "by"):
        return node.data.get(name)
    return None if node is None else getattr(node, name)


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _years_lt(facts: Facts, step: Event, born: str | None, given: dict[str, str]) -> bool:
    """Are there fewer full years from a birthday to a day than the look-up of that day says?"""
    until = _value(facts, step, given["until"])
    if not born or not until:
        return False
    years = int(until[:4]) - int(born[:4]) - (until[5:] < born[5:])
    return bool(years < facts.param(given["lookup"], date.fromisoformat(until)).value)


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
