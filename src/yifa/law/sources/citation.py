"""Which article a label names: 行政处罚法第五十八条第一款 → apl, 58, 1."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from yifa.law.sources.errors import UnreadableLabel
from yifa.law.sources.numerals import number_of
from yifa.law.sources.statutes import all_statutes

PLACE = re.compile(
    r"(?:第(?P<paragraph>[零一二三四五六七八九十百]+)款)?(?:第(?P<item>[零一二三四五六七八九十百]+)项)?"
)


class Citation(NamedTuple):
    """`number` None: the statute as a whole. `paragraph` (款) and `item` (项) None: not named."""

    statute: str
    number: int | None
    paragraph: int | None
    item: int | None


def labels_in(basis: str) -> list[tuple[str, str]]:
    """The citations in the basis of a matter, joined by ；, each with the label it leads to.

    Of several places only the first leads anywhere; empty where the statute is not on file.
    """
    return [(label, _leads_to(label)) for label in basis.split("；") if label]


def _leads_to(label: str) -> str:
    first = re.split("[、（]", label)[0]
    try:
        return first if parse_label(first).number else ""
    except UnreadableLabel:
        return ""


@cache
def parse_label(label: str) -> Citation:
    """The article a 中文 label names. Raises UnreadableLabel."""
    statute, name = named_in(label)
    rest = label.removeprefix(name)
    if not rest:
        return Citation(statute, None, None, None)
    before, after = all_statutes()[statute].numbering.split("{}")
    article = re.match(f"{before}(?P<number>[零一二三四五六七八九十百]+){after}", rest)
    place = PLACE.fullmatch(rest, article.end()) if article else None
    if article is None or place is None:
        raise UnreadableLabel(f"读不懂条文引用：{label}")
    return Citation(
        statute,
        _number(label, article["number"]),
        *(_number(label, place[key]) for key in ("paragraph", "item")),
    )


def named_in(label: str) -> tuple[str, str]:
    """Statute key and the name a label begins with; the longest name wins. Raises UnreadableLabel."""
    found = [
        (len(name), one.key, name)
        for one in all_statutes().values()
        for name in one.cited_as
        if label.startswith(name)
    ]
    if not found:
        raise UnreadableLabel(f"没有收录的法律：{label}")
    _, statute, name = max(found)
    return statute, name


def _number(label: str, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return number_of(text)
    except ValueError as why:
        raise UnreadableLabel(f"读不懂条文引用：{label}") from why
