"""Which rules check each article of the Penalty Law (行政处罚法), and why the others have none."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from yifa.law.editions import APL_2021
from yifa.law.packs import pack
from yifa.law.rules import RULES
from yifa.law.sources import UnreadableLabel, article, parse_label

STATUTE, LAST = "apl", 86
FILE = Path(__file__).with_name("articles.toml")
COUNTRY = "120115"


@dataclass(frozen=True)
class Covered:
    """One article: our one-line summary, the ids of its rules and parameters, or `why` there is nothing to encode."""

    number: int
    label: str
    summary: str
    rules: tuple[str, ...]
    parameters: tuple[str, ...]
    why: str


@cache
def articles(on: date = APL_2021) -> tuple[Covered, ...]:
    """All articles, by number. Raises ValueError where one has neither rules nor a reason, or both."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))["article"]
    own, periods = rules_by_article(), parameters_by_article()
    return tuple(
        _covered(number, table.get(str(number), {}), own, periods, on) for number in range(1, LAST + 1)
    )


def covered(number: int) -> Covered:
    """One article. Raises LookupError for a number the law does not have."""
    if not 1 <= number <= LAST:
        raise LookupError(f"行政处罚法没有第{number}条")
    return articles()[number - 1]


def rules_by_article() -> Mapping[int, list[str]]:
    """Rule ids by the article of the Penalty Law they cite."""
    found: dict[int, list[str]] = defaultdict(list)
    for rule in RULES.values():
        cited = parse_label(rule.article)
        if cited.statute == STATUTE and cited.number is not None:
            found[cited.number].append(rule.id)
    return found


def parameters_by_article() -> Mapping[int, list[str]]:
    """Names of parameters by the article their latest edition is taken from; other sources are passed over."""
    found: dict[int, list[str]] = defaultdict(list)
    for name, editions in pack(COUNTRY).editions.items():
        try:
            cited = parse_label(editions[-1].source)
        except UnreadableLabel:
            continue
        if cited.statute == STATUTE and cited.number is not None:
            found[cited.number].append(name)
    return found


def _covered(
    number: int,
    row: Mapping[str, Any],
    own: Mapping[int, list[str]],
    periods: Mapping[int, list[str]],
    on: date,
) -> Covered:
    also = row.get("also", [])
    rules, why = tuple(dict.fromkeys([*own.get(number, ()), *also])), row.get("why", "")
    if bool(rules) == bool(why):
        raise ValueError(f"第{number}条：规则与理由须有且只有其一")
    if unknown := [name for name in rules if name not in RULES]:
        raise ValueError(f"第{number}条：没有规则 {unknown}")
    source = article(STATUTE, number, on=on)
    return Covered(number, source.label, source.summary, rules, tuple(periods.get(number, ())), why)
