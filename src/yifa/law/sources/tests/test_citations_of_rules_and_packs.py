"""Whatever a rule or a parameter cites exists, and stood on the day it is cited for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from yifa.law.packs import Parameter, pack
from yifa.law.packs import all_layers as all_packs
from yifa.law.rules import RULES, Rule
from yifa.law.sources import UnknownArticle, edition, parse_label, resolve
from yifa.law.sources.statutes import all_statutes

TODAY = date(2026, 11, 1)
BEFORE = date(2019, 6, 1)
NAMES = sorted((name for one in all_statutes().values() for name in one.cited_as), key=len, reverse=True)
PLACE = r"第[一二三四五六七八九十百]+条(?:第[一二三四五六七八九十]+款)?(?:第[一二三四五六七八九十]+项)?"
CITED = re.compile(f"({'|'.join(map(re.escape, NAMES))})({PLACE}(?:、{PLACE})*)")


def days(rule: Rule) -> set[date]:
    """Days on both sides of every switch of the rule, as far as the duty is in force."""
    turns = [day for day in (rule.since, rule.warns_before, rule.switch) if day is not None]
    around = {BEFORE, TODAY, *turns, *(day - timedelta(days=1) for day in turns)}
    return {day for day in around if rule.since is None or day >= rule.since}


def citations(parameter: Parameter) -> Iterator[str]:
    for name, places in CITED.findall(parameter.source):
        yield from (name + place for place in places.split("、"))


def days_of(parameter: Parameter) -> set[date]:
    return {parameter.valid_from or parameter.valid_to or TODAY, parameter.valid_to or TODAY}


def parameters() -> list[Parameter]:
    """Every edition of every parameter of every pack, once."""
    prefixes = [layer["prefix"] for layer in all_packs() if layer["prefix"]]
    return list(dict.fromkeys(one for prefix in prefixes for one in pack(prefix).parameters()))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_article_a_rule_cites_exists(rule: Rule) -> None:
    for day in days(rule):
        label = rule.article_on(day)
        cited = parse_label(label)
        known = {number for one in all_statutes()[cited.statute].editions for number in one.summaries}
        assert cited.number is None or cited.number in known, label


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_cites_the_text_in_force_or_only_warns(rule: Rule) -> None:
    """A duty kept as a reminder for days before its article may cite it ahead of its time, but not block."""
    for day in days(rule):
        try:
            resolve(rule.article_on(day), on=day)
        except UnknownArticle:
            assert rule.article_before is None
            assert rule.severity_on(day) == "warns", (rule.article_on(day), day)
            resolve(rule.article_on(TODAY), on=TODAY)


def test_the_parameters_cite_articles_of_these_statutes() -> None:
    cited = {parse_label(label).statute for one in parameters() for label in citations(one)}
    assert {"apl", "acl", "arl", "all", "all_int", "cpl", "tr", "gir"} <= cited


@pytest.mark.parametrize("parameter", parameters(), ids=lambda one: f"{one.name} {one.valid_from}")
def test_every_article_a_parameter_cites_stood_while_it_is_in_force(parameter: Parameter) -> None:
    for label in citations(parameter):
        for day in days_of(parameter):
            resolve(label, on=day)


def test_the_guiding_opinion_is_known_by_its_number_too() -> None:
    assert resolve("国办发〔2018〕118号", on=TODAY) == edition("gb118", on=TODAY)
