"""The conditions as tables say what the rules say, on every scenario, every retold case and every planted defect."""

from __future__ import annotations

from typing import Any

import pytest

from yifa.law.check import judge as by_rule
from yifa.law.check import last_moment
from yifa.law.events import KINDS
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.packs import pack
from yifa.law.record import Record, parse
from yifa.law.rules import GUARDS, RULES
from yifa.law.scenarios import rules_with_scenarios, scenarios
from yifa.law.summary.bundle import ACTS, bundle, look_ups
from yifa.law.summary.evaluator import OPERATORS, conditions, judge
from yifa.law.tests.lives import life
from yifa.law.tests.test_planted_defects import CHANGES, DEFECTS

RECORDS: list[tuple[str, dict[str, Any]]] = [
    *((f"{one.rule} {one.title}", one.data) for rule in rules_with_scenarios() for one in scenarios(rule)),
    *((f"planted {row['rule']}", life(row["case"], **{key: row[key] for key in CHANGES if key in row})) for row in DEFECTS),
]  # fmt: skip
OWN_OPERATORS = {"officers_lt", "years_lt"}


def compared(record: Record) -> set[str]:
    """Rules of the table that spoke somewhere; each must speak where its table speaks, and only there."""
    facts, spoke = Facts(record, last_moment(record)), set()
    for step in facts.events:
        for rule in GUARDS.get(step.kind, ()):
            row = conditions().get(rule.id)
            if row is None or step.kind not in row["at"] or (rule.since and step.day < rule.since):
                continue
            said = isinstance(by_rule(rule, facts, step), Breach)
            assert said == (judge(rule.id, facts, step) is not None), (rule.id, step.kind, step.index)
            spoke |= {rule.id} if said else set()
    return spoke


def test_table_and_rule_find_the_same_everywhere() -> None:
    spoke: set[str] = set()
    for title, data in RECORDS:
        try:
            spoke |= compared(parse(data))
        except AssertionError as unlike:
            raise AssertionError(title) from unlike
    assert spoke == set(conditions()), "a condition that never spoke was never compared"


@pytest.mark.parametrize("rule", sorted(conditions()))
def test_a_row_names_a_rule_its_moments_and_known_operators(rule: str) -> None:
    row = conditions()[rule]
    assert rule in RULES and set(row["at"]) <= set(RULES[rule].moments) <= set(KINDS)
    assert row["head"] and row["remedy"] and row["fault"]
    for fault in row["fault"]:
        assert {one[1] for one in fault["when"]} <= set(OPERATORS) | OWN_OPERATORS


def test_a_bundle_says_what_it_leaves_to_the_server() -> None:
    import datetime

    given = bundle("120115", datetime.date(2024, 5, 6))
    asked = {rule.id for kind in ACTS for rule in GUARDS.get(kind, ())}
    assert asked == set(given["server_only"]) | (asked & set(conditions()))
    assert {"R-APL-34-2", "R-APL-36-1", "R-APL-42-2"} <= set(given["server_only"])
    assert all(given["lookups"][name] is not None for name in look_ups())
    assert set(given["matters"]) == set(pack("120115").matters)
