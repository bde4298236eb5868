"""Who approves a paper before it is sealed: approvals.toml, read once. APL art. 54, 57, 58; ACL art. 18, 55."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yifa.law.events import KINDS
from yifa.law.forms.definitions import definition, used

ROLES = frozenset({"head", "reviewer"})


@dataclass(frozen=True)
class Approval:
    """`by`: the role that approves; `act`: the act that is the approval already; `same`: labels that must agree with the record."""

    by: str
    article: str
    act: str = ""
    same: tuple[str, ...] = ()
    check: str = ""


def approval(form: str) -> Approval | None:
    """What a paper of this form needs before it is sealed; None: nobody's approval."""
    return _table()[0].get(form)


def correction() -> Approval:
    """What a paper needs that corrects a sealed one."""
    return _table()[1]


@cache
def _table() -> tuple[Mapping[str, Approval], Approval]:
    """Raises ValueError, KeyError on a table that names what does not exist."""
    rows = tomllib.loads(Path(__file__).with_name("approvals.toml").read_text(encoding="utf-8"))
    found = {form: _approval(row) for form, row in rows["approval"].items()}
    for form, one in found.items():
        kind = definition(form)
        if not set(one.same) <= {field.label for field in used(kind.lines, kind.must)}:
            raise ValueError(f"approvals.toml: {form}: no such field in same")
    return MappingProxyType(found), _approval(rows["correction"])


def _approval(row: Mapping[str, Any]) -> Approval:
    one = Approval(
        row["by"], row["article"], row.get("act", ""), tuple(row.get("same", ())), row.get("check", "")
    )
    if one.by not in ROLES or (one.act and one.act not in KINDS):
        raise ValueError(f"approvals.toml: {row}")
    return one
