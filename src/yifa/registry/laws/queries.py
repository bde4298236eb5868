"""The law an organ uses: its editions laid over the pack; the statute texts it has loaded."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from yifa.law import record as law_record
from yifa.law.packs import Pack, Parameter, pack
from yifa.law.sources import Article, Edition, article, parse_label, resolve
from yifa.ledger.prepared import Kept, Prepared
from yifa.registry.laws.models import EditionKind, LawEdition, LawText, MovedDeadline

SHOWN = ("kind", "name", "value", "valid_from", "valid_to", "source", "note")
EDITIONS = Kept(
    Prepared(lambda organ: LawEdition.objects.filter(organ_id=organ).order_by("id").values_list(*SHOWN), str),
    lambda rows: json.dumps(rows, default=str),
)


@dataclass(frozen=True)
class ShownArticle:
    """An article as pages show it: `paragraphs` empty where its text was not loaded (条文原文未载入)."""

    article: Article
    paragraphs: tuple[str, ...]


def law_of(organ_code: str, territory: str) -> Pack:
    """The pack of the territory with the editions of this organ laid over it. One query."""
    return _law(territory, EDITIONS(organ_code))


@lru_cache(maxsize=16)
def _law(territory: str, spelled: str) -> Pack:
    """Equal editions are equal law: the pack and all that is cached for it are kept while nothing changes."""
    shipped = pack(territory)
    editions: dict[str, list[Parameter]] = defaultdict(list)
    years: dict[str, Any] = {}
    for values in json.loads(spelled):
        row = dict(zip(SHOWN, values, strict=True))
        if row["kind"] == EditionKind.HOLIDAYS:
            years[row["name"]] = row["value"]
        elif row["name"] in shipped.editions:
            editions[row["name"]].append(as_parameter(shipped, row))
    return shipped.with_editions(editions, years) if editions or years else shipped


def as_parameter(shipped: Pack, row: dict[str, Any]) -> Parameter:
    """An edition of the register as the rules read it; title, unit and standing are those of the parameter."""
    latest, value = shipped.editions[row["name"]][-1], row["value"]["value"]
    if latest.unit == "date" and isinstance(value, str):
        value = date.fromisoformat(value)
    return replace(
        latest,
        value=tuple(value) if isinstance(value, list) else value,
        confirmed=True,
        source=row["source"],
        note=row["note"],
        valid_from=day(row["valid_from"]),
        valid_to=day(row["valid_to"]),
    )


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def read_record(raw: dict[str, Any]) -> law_record.Record:
    """A record judged by the law its organ uses. Raises RecordError."""
    agency = raw["agency"]
    return law_record.parse(raw, law=law_of(agency["id"], agency["territory"]))


def texts_of(organ_code: str) -> dict[tuple[str, str], LawText]:
    """(statute, edition) → the text loaded."""
    return {(one.statute, one.edition): one for one in LawText.objects.filter(organ_id=organ_code)}


def shown_article(organ_code: str, statute: str, number: int, on: date) -> ShownArticle:
    """The article in force on a day with its text where loaded. Raises UnknownArticle."""
    found = article(statute, number, on=on)
    text = LawText.objects.filter(organ_id=organ_code, statute=statute, edition=found.edition).first()
    return ShownArticle(found, tuple(text.articles.get(str(number), ())) if text else ())


def cited_article(organ_code: str, label: str, on: date) -> ShownArticle | Edition:
    """What a label cites on a day: an article with its text, or a whole statute. Raises UnknownArticle, UnreadableLabel."""
    found = resolve(label, on=on)
    if isinstance(found, Edition):
        return found
    return shown_article(organ_code, parse_label(label).statute, found.number, on)


def moves_of(organ_code: str, cases: QuerySet | None = None) -> QuerySet[MovedDeadline]:
    """Deadlines that moved, where given only of these cases (their numbers)."""
    moves = MovedDeadline.objects.filter(organ_id=organ_code)
    return moves if cases is None else moves.filter(case_no__in=cases)


def unconfirmed_moves(organ_code: str, cases: QuerySet | None = None) -> list[MovedDeadline]:
    """Moved deadlines nobody has confirmed yet, oldest notice first."""
    waiting = moves_of(organ_code, cases).filter(confirmed_by="")
    return list(waiting.order_by("notice", "case_no", "rule", "place"))
