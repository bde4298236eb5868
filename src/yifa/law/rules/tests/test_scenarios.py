"""Every rule keeps its scenarios: lawful, breached and boundary, with every finding they must give."""

from __future__ import annotations

import pytest

from yifa.law.rules import RULES
from yifa.law.scenarios import HERE, Scenario, base, named, rules_with_scenarios, scenarios

ALL = [scenario for rule in rules_with_scenarios() for scenario in scenarios(rule)]
BASES = sorted(path.stem for path in (HERE / "bases").glob("*.toml"))


@pytest.mark.parametrize("scenario", ALL, ids=[f"{one.rule} {one.title}" for one in ALL])
def test_a_scenario_gives_exactly_its_findings(scenario: Scenario) -> None:
    answer = scenario.answer()
    assert named(answer) == scenario.expect, [finding.message for finding in answer.findings]
    given = {f"{gap.rule}:{gap.reason}" for gap in answer.not_evaluated}
    assert set(scenario.not_evaluated) <= given


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_a_lawful_a_breached_and_a_boundary_scenario(rule: str) -> None:
    own = scenarios(rule)
    assert {one.kind for one in own} == {"lawful", "breached", "boundary"}
    assert any(name.startswith(f"{rule}@") for one in own if one.kind == "breached" for name in one.expect)
    assert not any(name.startswith(f"{rule}@") for one in own if one.kind == "lawful" for name in one.expect)


def test_no_scenario_file_is_left_without_its_rule() -> None:
    assert set(rules_with_scenarios()) == set(RULES)


@pytest.mark.parametrize("name", BASES)
def test_a_base_is_lawful_under_the_whole_rule_book(name: str) -> None:
    row = {"title": name, "kind": "lawful", "base": name, "expect": []}
    one = Scenario("", name, "lawful", base(str(row["base"])), None, (), ())
    assert named(one.answer()) == ()


def test_messages_and_remedies_are_in_chinese_and_name_an_article() -> None:
    for scenario in ALL:
        for finding in scenario.answer().findings:
            for text in (finding.message, finding.remedy, finding.article):
                assert any("\u4e00" <= letter <= "\u9fff" for letter in text), (scenario.title, text)
