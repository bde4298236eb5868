"""The sixty instruments (文书) as data: fields, text, signature blocks, copies, number series, basis; one definition each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yifa.law import labels
from yifa.law.forms.language import Line, fields_used, parse

TEXTS = Path(__file__).with_name("texts")
TYPES = frozenset({"text", "long", "date", "moment", "money", "rows"})
LAYOUTS = frozenset({"outward", "sheet", "record", "internal"})
FIRST_EDITION = "标准1"
FULL_WIDTH = str.maketrans("()", "（）")


@dataclass(frozen=True)
class Field:
    """One field. `source` names the part of the case record it is filled from; empty where it is typed.

    `once`: typed in one paper of a case, it fills the later ones."""

    label: str
    key: str
    type: str
    source: str = ""
    columns: tuple[str, ...] = ()
    once: bool = False


@dataclass(frozen=True)
class Definition:
    """One instrument. `must`: labels of the statutory fields (●); `checks`: what is still to be confirmed ([check]).

    `layout`: outward has the red head, sheet is an internal approval, record a transcript, internal a report.
    `compact`: smaller type, so that what is handed over on the spot is one page. `titles`: label of a filled field → the title it makes; "" is the title of all others. `series` is the class of its number, empty where it carries none; `sign` keys of the signature blocks.
    """

    id: str
    code: str
    name: str
    when: str
    layout: str
    copies: int
    basis: str
    text: str
    sign: tuple[str, ...]
    must: frozenset[str]
    series: str = ""
    checks: tuple[str, ...] = ()
    compact: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = field(default=(), repr=False)

    def title(self, values: Mapping[str, Any]) -> str:
        """What this paper is called in its head: one name, also where the catalogue names two in one entry."""
        for label, title in self.titles.items():
            if not label or values.get(label):
                return title
        return self.name.translate(FULL_WIDTH)

    @property
    def outward(self) -> bool:
        return self.layout == "outward"

    @property
    def handed_over(self) -> bool:
        """Somebody outside gets a copy; approvals, transcripts and reports stay in the file."""
        return self.outward or self.copies > 1

    @property
    def sealed(self) -> bool:
        return "seal" in self.sign


@cache
def fields() -> Mapping[str, Field]:
    """label → field. Raises ValueError on a table that contradicts itself."""
    found: dict[str, Field] = {}
    for label, row in _read("fields.toml")["field"].items():
        one = Field(
            label,
            row["key"],
            row["type"],
            row.get("from", ""),
            tuple(row.get("columns", ())),
            row.get("once", False),
        )
        if one.type not in TYPES or (one.type == "rows") != bool(one.columns):
            raise ValueError(f"{label}: type {one.type} and columns do not fit")
        found[label] = one
    if len({one.key for one in found.values()}) != len(found):
        raise ValueError("a key of a field is given twice")
    return MappingProxyType(found)


@cache
def sign_words() -> Mapping[str, str]:
    """Key of a signature block → its words."""
    return MappingProxyType(_read("fields.toml")["sign"])


@cache
def definitions() -> Mapping[str, Definition]:
    """id → definition, in the order of the catalogue. Raises ValueError, TextWrong."""
    rows = {row["id"]: row for path in sorted(TEXTS.glob("[0-9]_*.toml")) for row in _read(path.name)["form"]}
    return MappingProxyType({one.id: _definition(one, rows[one.id]) for one in labels.forms()})


def definition(id: str) -> Definition:
    """Raises KeyError."""
    return definitions()[id]


def columns() -> dict[str, tuple[str, ...]]:
    """What the language must know of the fields."""
    return {label: one.columns for label, one in fields().items()}


def used(lines: tuple[Line, ...], must: frozenset[str]) -> list[Field]:
    """The fields of a text, those the statute requires and the text forgot at the end."""
    names = fields_used(lines)
    return [fields()[name] for name in [*names, *sorted(must - set(names))]]


def _definition(form: labels.Form, row: Mapping[str, Any]) -> Definition:
    layout = row.get("layout", "outward")
    if layout not in LAYOUTS or not set(row["sign"]) <= set(sign_words()):
        raise ValueError(f"{form.id}: unknown layout or signature")
    if not set(row["must"]) <= set(fields()):
        raise ValueError(f"{form.id}: unknown field in must")
    return Definition(
        id=form.id, code=form.code, name=form.name, when=row["when"], layout=layout, copies=row["copies"],
        basis=row["basis"], text=row["text"].strip() + "\n", sign=tuple(row["sign"]), must=frozenset(row["must"]), compact=row.get("compact", False),
        titles=MappingProxyType(row.get("titles", {})), series=row.get("series", ""), checks=tuple(row.get("check", ())), lines=parse(row["text"], columns()),
    )  # fmt: skip


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((TEXTS / name).read_text(encoding="utf-8"))
