"""Articles of law found by number (行政处罚法58, 第五十八条) or by words of our summary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from yifa.law.sources.numerals import chinese_number, number_of
from yifa.law.sources.statutes import all_statutes

NUMBER = re.compile(r"第?([0-9]{1,3}|[零〇一二三四五六七八九十百]{1,7})条|第?([0-9]{1,3})$")


def found_articles(typed: str, *, on: date, limit: int) -> list[tuple[str, str]]:
    """(name and number, summary) of articles in force on that day, statute by statute."""
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if not text:
        return []
    asked = NUMBER.search(text)
    number = read_number(asked[1] or asked[2]) if asked else None
    rest = text if number is None else NUMBER.sub("", text, count=1)
    found = []
    for name, edition_article, summary in in_force(on):
        if number is not None:
            fits = edition_article == number and rest in name
        else:
            fits = rest in summary or rest == name
        if fits:
            found.append((f"{name}第{chinese_number(edition_article)}条", summary))
        if len(found) == limit:
            break
    return found


def read_number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    try:
        return number_of(text)
    except ValueError:
        return None


def in_force(on: date) -> Iterator[tuple[str, int, str]]:
    for statute in all_statutes().values():
        for edition in statute.editions:
            if edition.in_force(on):
                for number, (summary, _) in sorted(edition.summaries.items()):
                    yield statute.name.removeprefix("中华人民共和国"), number, summary
