"""What the pages of the law show: statutes with what is loaded, articles, parameters with their standing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yifa.law.coverage import Covered, articles
from yifa.law.packs import Pack, Parameter
from yifa.law.packs.catalogue import term_words, value_words
from yifa.law.rules import RULES
from yifa.law.sources.statutes import Edition, all_statutes
from yifa.registry.laws.models import LawText


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
        value=value_words(shown.value, shown.unit),
        editions=tuple((value_words(e.value, e.unit), term_words(e), e.source, e.confirmed) for e in rows),
        open=not shown.confirmed,
    )


def covered_rows(text: LawText | None) -> list[tuple[Covered, list[tuple[str, str]], tuple[str, ...]]]:
    """(article, its rules with titles, its paragraphs where loaded) for all articles of the Penalty Law."""
    loaded = text.articles if text else {}
    return [
        (one, [(name, RULES[name].title) for name in one.rules], tuple(loaded.get(str(one.number), ())))
        for one in articles()
    ]
