"""Five cases retold from life: what a jurist expects at each turn, written down before the rules are asked."""

from __future__ import annotations

from typing import Any

import pytest

from yifa.law.check import Answer, check
from yifa.law.record import moment, parse
from yifa.law.scenarios import named
from yifa.law.tests.lives import NAMES, life, told

ASKED = [(name, one) for name in NAMES for one in told(name)["asked"]]
IDS = [f"{name} {one['at']}" for name, one in ASKED]


def answer(name: str, at: str) -> Answer:
    return check(parse(life(name)), moment(at))


def test_there_are_five_cases_each_asked_at_several_moments() -> None:
    assert len(NAMES) == 5
    assert all(len(told(name)["asked"]) >= 4 for name in NAMES)


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=IDS)
def test_the_findings_are_those_expected(name: str, asked: dict[str, Any]) -> None:
    found = answer(name, asked["at"])
    assert list(named(found)) == sorted(asked["findings"]), [one.message for one in found.findings]


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=IDS)
def test_the_clocks_running_are_those_expected(name: str, asked: dict[str, Any]) -> None:
    running = [f"{one.rule} {one.running.deadline.due_on}" for one in answer(name, asked["at"]).deadlines]
    assert sorted(running) == sorted(asked["deadlines"])


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=IDS)
def test_what_may_be_done_next_is_as_expected(name: str, asked: dict[str, Any]) -> None:
    may_do = answer(name, asked["at"]).may_do
    assert [kind for kind in asked.get("may", ()) if kind not in may_do] == []
    assert [kind for kind in asked.get("may_not", ()) if kind in may_do] == []
