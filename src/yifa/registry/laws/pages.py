"""What the pages of the law show: statutes with what is loaded, articles, parameters with their standing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yifa.law.coverage import Covered, articles
from yifa.law.events import KINDS
from yifa.law.labels import labels
from yifa.law.packs import Pack, Parameter
from yifa.law.packs.catalogue import term_words, value_words
from yifa.law.rules import RULES
from yifa.law.sources.statutes import Edition, all_statutes
from yifa.registry.laws.models import LawText

ENUMS = {
    "handling_excluded_reasons": "exclusion_reason", "order_before_decision": "stage", "getihu_as": "party_kind",
}  # fmt: skip
OWN_WORDS = {"masked": "隐去姓名中的字", "statement": "陈述申辩"}
"""Values that are keys, and whose words are in no table of the glossary."""


def shown_value(name: str, value: Any, unit: str) -> str:
    """The value in words: keys of acts, stages and reasons by their labels, everything else as the catalogue has it."""
    if isinstance(value, tuple) and unit == "list":
        return "、".join(key_words(name, str(one)) for one in value) or value_words(value, unit)
    if isinstance(value, str) and unit == "text":
        return key_words(name, value)
    return value_words(value, unit)


def key_words(name: str, key: str) -> str:
    """`instrument_served:left_in_place` → 送达（留置）; what is no key stays as it is."""
    kind, _, mode = key.partition(":")
    if kind in KINDS:
        return f"{KINDS[kind].label}（{labels('mode')[mode]}）" if mode else KINDS[kind].label
    found = labels(ENUMS[name]).get(key) if name in ENUMS else None
    return found or OWN_WORDS.get(key, key)


@dataclass(frozen=True)
class ShownEdition:
    """One edition of a statute with the text loaded for it, None where there is none."""

    name: str
    edition: Edition
    known: int
    text: LawText | None


@dataclass(frozen=True)
class ShownParameter:
    """A parameter on a day with its editions in words. `edition` None: none in force on that day."""

    name: str
    title: str
    edition: Parameter | None
    value: str
    editions: tuple[tuple[str, str, str, bool], ...]
    open: bool

    @property
    def state(self) -> str:
        if self.edition is None:
            return "当日没有施行的值"
        if self.edition.value is None:
            return "未设置"
        return "已确认" if self.edition.confirmed else "待确认"


def shown_statutes(texts: dict[tuple[str, str], LawText]) -> list[ShownEdition]:
    """Every edition on file, with its text where loaded."""
    return [
        ShownEdition(edition.cited_as, edition, len(edition.summaries), texts.get((key, edition.key)))
        for key, statute in all_statutes().items()
        for edition in statute.editions
    ]


def shown_parameters(law: Pack, on: date) -> list[ShownParameter]:
    """All parameters; those nobody has confirmed first."""
    found = [shown_parameter(name, editions, on) for name, editions in sorted(law.editions.items())]
    return sorted(found, key=lambda one: not one.open)


def shown_parameter(name: str, editions: Iterable[Parameter], on: date) -> ShownParameter:
    rows = tuple(editions)
    current = next((one for one in rows if one.in_force(on)), None)
    shown = current or rows[-1]
    return ShownParameter(
        name=name,
        title=shown.title,
        edition=current,
        value=shown_value(name, shown.value, shown.unit),
        editions=tuple(
            (shown_value(name, e.value, e.unit), term_words(e), e.source, e.confirmed) for e in rows
        ),
        open=not shown.confirmed,
    )


def covered_rows(text: LawText | None) -> list[tuple[Covered, list[tuple[str, str]], tuple[str, ...]]]:
    """(article, its rules with titles, its paragraphs where loaded) for all articles of the Penalty Law."""
    loaded = text.articles if text else {}
    return [
        (one, [(name, RULES[name].title) for name in one.rules], tuple(loaded.get(str(one.number), ())))
        for one in articles()
    ]
