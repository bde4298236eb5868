"""Statutes as dated data: editions that never overlap, and their articles. Read once from the .toml files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Edition:
    """One text of a statute. `summaries`: article number → (summary in our words, confirmed).

    `articles`: how many the text has; 0: not known.
    """

    key: str
    cited_as: str
    valid_from: date
    valid_to: date | None
    confirmed: bool
    summaries: Mapping[int, tuple[str, bool]]
    articles: int = 0

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Statute:
    """`cited_as`: every name a label may begin with. `numbering`: how an article is counted, 第{}条 as a rule.

    `replaced_by`: key of the statute that took its place.
    """

    key: str
    name: str
    cited_as: tuple[str, ...]
    numbering: str
    editions: tuple[Edition, ...]
    replaced_by: str = ""


@cache
def all_statutes() -> Mapping[str, Statute]:
    """Statute by key (apl, acl …). Raises ValueError for overlapping editions and articles entered twice."""
    paths = sorted(FOLDER.glob("*.toml"))
    return MappingProxyType({path.stem: read(path.stem, path.read_text(encoding="utf-8")) for path in paths})


def read(key: str, text: str) -> Statute:
    """One statute from its TOML text. Raises ValueError; KeyError for a key that is missing."""
    data = tomllib.loads(text)
    editions: list[Edition] = []
    for row in data["edition"]:
        if editions and not _follows(editions[-1], date.fromisoformat(row["valid_from"])):
            raise ValueError(f"{key}: edition {row['key']} overlaps the one before, or is out of order")
        rows = [article for article in data.get("article", ()) if article["edition"] == row["key"]]
        editions.append(_edition(key, row, rows, {one.key: one for one in editions}))
    strays = {article["edition"] for article in data.get("article", ())} - {one.key for one in editions}
    if strays:
        raise ValueError(f"{key}: articles of unknown editions {sorted(strays)}")
    names = [*dict.fromkeys(one.cited_as for one in editions), *data.get("also_cited_as", ())]
    return Statute(
        key=key,
        name=data["name"],
        cited_as=tuple(names),
        numbering=data.get("numbering", "第{}条"),
        editions=tuple(editions),
        replaced_by=data.get("replaced_by", ""),
    )


def _follows(earlier: Edition, valid_from: date) -> bool:
    return earlier.valid_to is not None and earlier.valid_to < valid_from


def _edition(
    statute: str, row: Mapping[str, Any], articles: list[dict[str, Any]], earlier: Mapping[str, Edition]
) -> Edition:
    """`carries_over` names the earlier edition whose articles still read the same where none is entered anew."""
    summaries = dict(earlier[row["carries_over"]].summaries) if "carries_over" in row else {}
    seen: set[int] = set()
    for article in articles:
        if article["number"] in seen:
            raise ValueError(f"{statute} {row['key']}: article {article['number']} twice")
        seen.add(article["number"])
        summaries[article["number"]] = article["summary"], article.get("confirmed", row["confirmed"])
    return Edition(
        key=row["key"],
        cited_as=row["cited_as"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if "valid_to" in row else None,
        confirmed=row["confirmed"],
        summaries=MappingProxyType(summaries),
        articles=row.get("articles", 0),
    )
