"""The statutes the duties rest on, as dated data: which article stood, in which edition, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yifa.law.sources.citation import Citation, labels_in, named_in, parse_label
from yifa.law.sources.errors import UnknownArticle, UnreadableLabel, UnreadableText
from yifa.law.sources.numerals import chinese_number
from yifa.law.sources.statutes import Edition, Statute, all_statutes

__all__ = [
    "Article", "Citation", "Edition", "Statute", "UnknownArticle", "UnreadableLabel",
    "UnreadableText",
    "article", "chinese_number", "edition", "labels_in", "parse_label", "resolve", "statutes",
]  # fmt: skip


@dataclass(frozen=True)
class Article:
    """`label` as cited on the day asked for. `summary` in our own words, empty where none is written;
    `confirmed`: number and content were compared with the text of that edition."""

    statute: str
    name: str
    number: int
    label: str
    summary: str
    edition: str
    valid_from: date
    valid_to: date | None
    confirmed: bool


def statutes() -> tuple[str, ...]:
    """Keys of all statutes: apl, acl, …"""
    return tuple(all_statutes())


def edition(statute: str, *, on: date) -> Edition:
    """The text of a statute in force on a day. Raises UnknownArticle."""
    if statute not in all_statutes():
        raise UnknownArticle(f"没有收录的法律：{statute}")
    for one in all_statutes()[statute].editions:
        if one.in_force(on):
            return one
    raise UnknownArticle(f"{all_statutes()[statute].name}：{on.isoformat()}没有收录施行中的文本")


@lru_cache(maxsize=10_000)
def article(statute: str, number: int, *, on: date) -> Article:
    """The article as it stood on a day. Raises UnknownArticle."""
    text = edition(statute, on=on)
    whole = all_statutes()[statute]
    if number not in text.summaries and not 1 <= number <= text.articles:
        raise UnknownArticle(f"{text.cited_as}没有收录第{number}条（{on.isoformat()}）")
    summary, confirmed = text.summaries.get(number, ("", text.confirmed))
    return Article(
        statute=statute,
        name=whole.name,
        number=number,
        label=text.cited_as + whole.numbering.format(chinese_number(number)),
        summary=summary,
        edition=text.key,
        valid_from=text.valid_from,
        valid_to=text.valid_to,
        confirmed=confirmed,
    )


def resolve(label: str, *, on: date) -> Article | Edition:
    """The article a 中文 label cites, or the edition where it cites the whole statute.

    Raises UnreadableLabel; UnknownArticle also where the label names another edition than the one in force.
    """
    cited = parse_label(label)
    text = edition(cited.statute, on=on)
    name = named_in(label)[1]
    if name != text.cited_as and name in {one.cited_as for one in all_statutes()[cited.statute].editions}:
        raise UnknownArticle(f"{on.isoformat()}施行的是{text.cited_as}，不是{name}")
    return text if cited.number is None else article(cited.statute, cited.number, on=on)
