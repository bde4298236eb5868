"""Every rule finds the one defect planted for it in a whole case; nobody else speaks without a listed reason."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from yifa.law.check import check
from yifa.law.record import parse
from yifa.law.rules import RULES
from yifa.law.scenarios import named
from yifa.law.tests.lives import life

DEFECTS: list[dict[str, Any]] = [
    row
    for file in sorted((Path(__file__).parent / "planted").glob("*.toml"))
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["defect"]
]
CHANGES = ("drop", "set", "unset", "add")


@cache
def without(case: str) -> frozenset[str]:
    """What is found in the case before anything is planted."""
    return frozenset(named(check(parse(life(case)))))


def found(defect: dict[str, Any]) -> set[str]:
    change = {key: defect[key] for key in CHANGES if key in defect}
    return set(named(check(parse(life(defect["case"], **change)))))


def test_every_rule_has_exactly_one_planted_defect() -> None:
    assert sorted(row["rule"] for row in DEFECTS) == sorted(RULES)


@pytest.mark.parametrize("defect", DEFECTS, ids=[row["rule"] for row in DEFECTS])
def test_the_rule_finds_its_defect_and_no_other_speaks_unlisted(defect: dict[str, Any]) -> None:
    rule, also = defect["rule"], defect.get("also", {})
    spoke = found(defect)
    assert any(name.startswith(f"{rule}@") for name in spoke - without(defect["case"])), spoke
    others = {name for name in spoke - without(defect["case"]) if not name.startswith(f"{rule}@")}
    assert others == set(also)
    assert all(len(reason) > 5 for reason in also.values())


@pytest.mark.parametrize("defect", DEFECTS, ids=[row["rule"] for row in DEFECTS])
def test_what_was_found_before_is_still_found_unless_its_own_act_is_gone(defect: dict[str, Any]) -> None:
    lost = without(defect["case"]) - found(defect)
    gone = {f"@{name}" for name in defect.get("drop", ())}
    assert {name for name in lost if not any(name.endswith(one) for one in gone)} == set()
