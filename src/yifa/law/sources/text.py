"""Reading an official statute text: which statute and edition it is, and its articles, paragraph by paragraph.

Nothing is guessed: a text that is not of a statute in the sources, whose edition cannot be told, or whose articles do
not run from 一 without a gap is refused with `UnreadableText`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yifa.law.sources.errors import UnreadableText
from yifa.law.sources.numerals import chinese_number, number_of
from yifa.law.sources.statutes import Edition, Statute, all_statutes

ARTICLE = re.compile(r"第([零一二三四五六七八九十百]+)条(?!之)[\s　]*(.*)")
HEADING = re.compile(r"(?:#|第[零一二三四五六七八九十百]+[编章节][\s　]|目\s*录$)")
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
IN_FORCE = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施)")
NAMED_ON = re.compile(r"[(（](\d{4}-\d{2}-\d{2})[)）]\.\w+$")
WAIT = timedelta(days=400)
"""How long after its adoption a text may come into force and still be taken for that edition."""


@dataclass(frozen=True)
class StatuteText:
    """One text. `articles`: number → its paragraphs."""

    statute: str
    edition: str
    title: str
    articles: Mapping[int, tuple[str, ...]]


def read_text(lines: Iterable[str], edition: str = "", named_on: date | None = None) -> StatuteText:
    """The statute text in these lines (Markdown or plain). `edition`: its key, where the text does not say it.

    `named_on`: the date in the name of the file; official files leave the last amendment out of the head at times.

    Raises UnreadableText.
    """
    clean = [line for raw in lines if (line := _cleaned(raw))]
    first = next((place for place, line in enumerate(clean) if ARTICLE.match(line)), None)
    if first is None:
        raise UnreadableText("文件里没有“第一条”这样的条文。请使用官方公布的法律文本（Markdown 或者 DOCX）")
    title, whole = _statute(clean[:first])
    articles = _articles(clean[first:])
    text = _edition(whole, clean[:first], edition, named_on)
    _demand_whole(whole, text, articles)
    return StatuteText(whole.key, text.key, title, articles)


def _cleaned(line: str) -> str:
    """NFC, without control characters, comments and the blanks around."""
    text = re.sub(r"<!--.*?-->", "", unicodedata.normalize("NFC", line))
    text = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)
    return text.strip(" 　\t*")


def date_in_name(name: str) -> date | None:
    """The date in brackets at the end of a file name, as official databases write it: 物业管理条例(2018-03-19).md."""
    found = NAMED_ON.search(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def plain_name(name: str) -> str:
    """A statute's name as compared: without the country, brackets, blanks and the number of the document."""
    bare = re.sub(r"（[^）]*号[^）]*）|\([^)]*\)", "", name)
    return re.sub(r"中华人民共和国|[《》〈〉<>\s　#]", "", bare)


def _statute(head: Sequence[str]) -> tuple[str, Statute]:
    known = {plain_name(one.name): one for one in all_statutes().values()}
    for line in head:
        if plain_name(line) in known:
            return line.lstrip("# 　"), known[plain_name(line)]
    names = "、".join(known)
    raise UnreadableText(f"认不出这是哪部法律：“{head[0][:40] if head else '（没有标题）'}”。已收录：{names}")


def _articles(body: Sequence[str]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    current: list[str] = []
    for line in body:
        if HEADING.match(line):
            continue
        match = ARTICLE.match(line)
        if match is None:
            if line.startswith(("附件", "附：", "附录")):
                break
            current.append(line)
            continue
        try:
            number = number_of(match[1])
        except ValueError as error:
            raise UnreadableText(f"读不懂条号：第{match[1]}条") from error
        if number != len(found) + 1:
            raise UnreadableText(f"条文不连续：第{chinese_number(len(found) + 1)}条的位置上是第{match[1]}条")
        current = [match[2]] if match[2] else []
        found[number] = current
    if empty := [number for number, paragraphs in found.items() if not paragraphs]:
        raise UnreadableText(f"第{chinese_number(empty[0])}条没有内容")
    return {number: tuple(paragraphs) for number, paragraphs in found.items()}


def _days(lines: Iterable[str], pattern: re.Pattern[str]) -> list[date]:
    found = []
    for year, month, day in pattern.findall("\n".join(lines)):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError as error:
            raise UnreadableText(f"没有这一天：{year}年{month}月{day}日") from error
    return found


def _edition(whole: Statute, head: Sequence[str], asked: str, named_on: date | None) -> Edition:
    """The edition whose first day follows the last date before article one, or the date in the name of the file."""
    days = _days(head, DAY) + ([named_on] if named_on else [])
    keys = "、".join(one.key for one in whole.editions)
    if not days:
        if chosen := next((one for one in whole.editions if one.key == asked), None):
            return chosen
        raise UnreadableText(f"标题下没有通过、修订的日期，认不出是哪一版。可用 --edition 写明：{keys}")
    last = max(days)
    fits = [one for one in whole.editions if last <= one.valid_from <= last + WAIT]
    if not fits:
        raise UnreadableText(
            f"没有收录{last.isoformat()}通过、修订或者施行的{whole.name}。已收录的版本：{keys}"
        )
    if asked and asked != fits[0].key:
        raise UnreadableText(f"文本的日期属于{fits[0].key}版，与 --edition {asked} 不符")
    return fits[0]


def _demand_whole(whole: Statute, text: Edition, articles: Mapping[int, Sequence[str]]) -> None:
    """The text must have every article our summaries know, and may not claim a later first day than the edition's."""
    if text.articles and len(articles) != text.articles:
        raise UnreadableText(
            f"与{text.cited_as}不符：文本有{len(articles)}条，应当有{text.articles}条。请核对是不是全文、是不是这一版"
        )
    longest = max(text.summaries, default=0)
    if len(articles) < longest:
        raise UnreadableText(
            f"与{text.cited_as}不符：文本只有{len(articles)}条，应当至少有{longest}条。请核对是不是全文"
        )
    last = [line for paragraphs in articles.values() for line in paragraphs]
    late = [day for day in _days(last, IN_FORCE) if day > text.valid_from]
    if late:
        raise UnreadableText(
            f"文本写明自{late[0].isoformat()}起施行，晚于{text.cited_as}的施行日{text.valid_from}"
        )
