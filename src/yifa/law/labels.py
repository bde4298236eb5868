"""Labels of values: which 中文 word stands for an enum key, and back. The words live in glossary.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

GLOSSARY = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Form:
    """One instrument form (文书式样): catalogue code such as F34, identifier, 中文 name."""

    code: str
    id: str
    name: str


@cache
def _tables() -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, Mapping[str, str]], tuple[Form, ...]]:
    data = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))
    forward = {name: MappingProxyType(dict(table)) for name, table in data["enum"].items()}
    backward = {name: {text: key for key, text in table.items()} for name, table in forward.items()}
    forms = tuple(Form(code=row["code"], id=row["id"], name=row["name"]) for row in data["form"])
    return MappingProxyType(forward), MappingProxyType(backward), forms


def enums() -> tuple[str, ...]:
    """Names of all enums, in the order of the glossary."""
    return tuple(_tables()[0])


def labels(enum: str) -> Mapping[str, str]:
    """Key → 中文 of one enum, in order. Raises KeyError for an enum the glossary does not have."""
    return _tables()[0][enum]


def label(enum: str, key: str | bool) -> str:
    """中文 of one value; True and False are the keys `true` and `false`. Raises KeyError."""
    return _tables()[0][enum][str(key).lower() if isinstance(key, bool) else key]


def key_of(enum: str, text: str) -> str:
    """Key of a 中文 label (exact match). Raises KeyError where the enum has no such label."""
    return _tables()[1][enum][text]


def forms() -> tuple[Form, ...]:
    """The catalogue of instrument forms (文书), F01 to F60."""
    return _tables()[2]


def form(id_or_code: str) -> Form:
    """The form with this identifier (`penalty_decision`) or code (`F34`). Raises KeyError."""
    for one in _tables()[2]:
        if id_or_code in (one.id, one.code):
            return one
    raise KeyError(id_or_code)
