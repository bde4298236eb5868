"""Five whole cases retold as records (retold/), and changes to them; a recording names its act and is tied after the change."""

from __future__ import annotations

import copy
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from yifa.law.scenarios import changed

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "retold").glob("*.toml"))


def life(name: str, **change: Any) -> dict[str, Any]:
    """A retold case as a record file, with `drop`, `set`, `unset`, `add` of a scenario applied."""
    return tied(changed({**change, "record": copy.deepcopy(told(name)["record"])}))


@cache
def told(name: str) -> dict[str, Any]:
    """The file of a retold case: title, what was asked, the record."""
    return tomllib.loads((HERE / "retold" / f"{name}.toml").read_text(encoding="utf-8"))


def tied(data: dict[str, Any]) -> dict[str, Any]:
    """`event = "hearing_held"` of a recording becomes the index of that act; without the act no recording."""
    found: list[dict[str, Any]] = data["events"]
    targets = {id(one): _target(found, one["event"]) for one in found if isinstance(one.get("event"), str)}
    kept = [one for one in found if id(one) not in targets or targets[id(one)] is not None]
    for one in kept:
        target = targets.get(id(one))
        if target is not None:
            one["event"] = next(place for place, other in enumerate(kept) if other is target)
    data["events"] = kept
    return data


def _target(events: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    kind, _, number = name.partition("#")
    same = [one for one in events if one["kind"] == kind]
    place = int(number or 1) - 1
    return same[place] if place < len(same) else None
