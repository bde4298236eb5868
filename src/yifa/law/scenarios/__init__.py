"""Scenarios: lawful, breached and boundary records for every rule. How they are written: README.md."""

from __future__ import annotations

import copy
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from yifa.law.check import Answer, check
from yifa.law.record import Record, moment, parse

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Scenario:
    """One scenario: a record, a moment, and every finding it must give."""

    rule: str
    title: str
    kind: str
    data: dict[str, Any]
    at: str | None
    expect: tuple[str, ...]
    not_evaluated: tuple[str, ...]

    def record(self) -> Record:
        return parse(self.data)

    def answer(self) -> Answer:
        return check(self.record(), moment(self.at) if self.at else None)


def base(name: str) -> dict[str, Any]:
    """A fresh copy of a lawful record in bases/."""
    return copy.deepcopy(_base(name))


@cache
def _base(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / "bases" / f"{name}.toml").read_text(encoding="utf-8"))


def rules_with_scenarios() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.toml"))


def scenarios(rule: str) -> list[Scenario]:
    """The scenarios of one rule. Raises FileNotFoundError, KeyError for a change that names nothing."""
    rows = tomllib.loads((HERE / f"{rule}.toml").read_text(encoding="utf-8"))["scenario"]
    return [
        Scenario(
            rule=rule,
            title=row["title"],
            kind=row["kind"],
            data=changed(row),
            at=row.get("at"),
            expect=tuple(sorted(row["expect"])),
            not_evaluated=tuple(row.get("not_evaluated", ())),
        )
        for row in rows
    ]


def changed(row: dict[str, Any]) -> dict[str, Any]:
    """The record of one scenario: its own, or its base with drop, set, unset and add applied."""
    data = row["record"] if "record" in row else base(row["base"])
    events = data["events"]
    doomed = [_event(events, name) for name in row.get("drop", ())]
    data["events"] = events = [event for event in events if not any(event is one for one in doomed)]
    for path, value in row.get("set", {}).items():
        _put(data, path, value)
    for path in row.get("unset", ()):
        _take(data, path)
    events.extend(copy.deepcopy(row.get("add", [])))
    events.sort(key=lambda event: _at(event["at"]))
    return data


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    first, *inner = path.split(".")
    if first == "people":
        target = next(person for person in data["people"] if person["id"] == inner[0])
        inner = inner[1:]
    elif first in data or not inner:
        target, inner = data, [first, *inner]
    else:
        target = _event(data["events"], first)
    for name in inner[:-1]:
        target = target.setdefault(name, {})
    target[inner[-1]] = value


def _take(data: dict[str, Any], path: str) -> None:
    first, key = path.split(".")
    target = data[first] if first in data else _event(data["events"], first)
    del target[key]


def _event(events: list[dict[str, Any]], name: str) -> dict[str, Any]:
    kind, _, number = name.partition("#")
    found = [event for event in events if event["kind"] == kind]
    place = int(number or 1) - 1
    if place >= len(found):
        raise KeyError(f"{name}: no such event")
    return found[place]


def _at(value: str | datetime) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def named(answer: Answer) -> tuple[str, ...]:
    """Findings as a scenario writes them: rule@kind, rule@kind#2, rule@running."""
    events = answer.facts.events
    names = []
    for finding in answer.findings:
        if finding.event is None:
            names.append(f"{finding.rule}@running")
            continue
        kind = events[finding.event].kind
        place = sum(event.kind == kind for event in events[: finding.event + 1])
        names.append(f"{finding.rule}@{kind}" + (f"#{place}" if place > 1 else ""))
    return tuple(sorted(names))
