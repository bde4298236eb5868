"""Where a paper or a piece of evidence lies in the dossier: order.toml, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from yifa.law import labels

MAIN, SECONDARY = "main", "secondary"
VOLUMES = MappingProxyType({MAIN: "正卷", SECONDARY: "副卷"})


@dataclass(frozen=True)
class Part:
    """A part of the dossier; `place` counts from 0, the main volume first."""

    place: int
    key: str
    title: str
    volume: str
    forms: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def volume_words(self) -> str:
        return VOLUMES[self.volume]


@cache
def parts() -> tuple[Part, ...]:
    """The parts in order. Raises ValueError where a form or kind of evidence has no place, or two."""
    rows = tomllib.loads(Path(__file__).with_name("order.toml").read_text(encoding="utf-8"))["part"]
    found = tuple(
        Part(
            place, row["key"], row["title"], row.get("volume", MAIN), tuple(row["forms"]),
            tuple(row.get("evidence", ())),
        )
        for place, row in enumerate(rows)
    )  # fmt: skip
    forms = [form for part in found for form in part.forms]
    kinds = [kind for part in found for kind in part.evidence]
    if sorted(forms) != sorted(one.id for one in labels.forms()):
        raise ValueError("order.toml: every form has exactly one place")
    if sorted(kinds) != sorted(labels.labels("evidence_kind")):
        raise ValueError("order.toml: every kind of evidence has exactly one place")
    return found


@cache
def _places() -> Mapping[str, tuple[Part, int]]:
    return {form: (part, rank) for part in parts() for rank, form in enumerate(part.forms)}


def place_of(form: str) -> tuple[Part, int]:
    """The part of a form and its rank there. Raises KeyError."""
    return _places()[form]


def evidence_place(kind: str) -> tuple[Part, int]:
    """The part of a kind of evidence and its rank there, after the forms. Raises KeyError."""
    for part in parts():
        if kind in part.evidence:
            return part, len(part.forms) + part.evidence.index(kind)
    raise KeyError(kind)
