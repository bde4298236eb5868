"""From a text and the values of its fields to the blocks of a paper: what PDF, DOCX and preview all show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from yifa.law.forms.amounts import amount
from yifa.law.forms.definitions import Field, fields
from yifa.law.forms.language import NUMBER, Line

BLANK = "________"
DOUBLED = re.compile("。(?=[。，；])")
"""A value may end in a full stop or not; the text goes on with its own."""
Values = Mapping[str, Any]
"""label → value: str, ISO date or moment, money in 分, rows as lists of str in the order of the columns."""
Block = dict[str, Any]


def empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def spoken(field: Field, value: Any) -> str:
    """A value as the paper writes it. Raises ValueError on a value that is not of the field's type."""
    if field.type == "money":
        return amount(int(value))
    if field.type == "date":
        return day_words(date.fromisoformat(value))
    if field.type == "moment":
        at = datetime.fromisoformat(value)
        return f"{day_words(at.date())}{at.hour:02d}时{at.minute:02d}分"
    return str(value).strip()


def day_words(day: date) -> str:
    """2021年8月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def compose(lines: Iterable[Line], values: Values) -> list[Block]:
    """The blocks in order. heading, paragraph, flush: `text`; frame: nothing; table: `columns`, `rows`; grid: `rows` of 2 or 4 cells."""
    blocks: list[Block] = []
    for line in lines:
        if line.only_if and empty(values.get(line.only_if)):
            continue
        if line.kind == "row":
            cells = [_text(cell, values, {}, "" if len(cell) == 1 else BLANK) for cell in line.cells]
            if blocks and blocks[-1]["kind"] == "grid":
                blocks[-1]["rows"].append(cells)
            else:
                blocks.append({"kind": "grid", "rows": [cells]})
        elif line.kind == "frame":
            blocks.append({"kind": "frame", "text": ""})
        elif line.kind == "table":
            columns = [NUMBER, *fields()[line.about].columns]
            blocks.append(
                {"kind": "table", "columns": columns, "rows": _rows(values.get(line.about), columns)}
            )
        else:
            blocks += _paragraphs(line, values)
    return blocks


def left_blank(lines: Iterable[Line], values: Values) -> set[str]:
    """Labels without a value whose place stays empty in the text: a blank, or a table without rows."""
    asked: set[str] = set()
    for line in lines:
        if line.only_if and empty(values.get(line.only_if)):
            continue
        asked |= {line.about} if line.kind == "table" else set()
        if not line.each:
            asked |= {word for cell in line.cells for kind, word in cell if kind == "field"}
    return {label for label in asked if empty(values.get(label))}


def plain(blocks: Iterable[Block]) -> Iterator[str]:
    """Every piece of text of the blocks, in reading order."""
    for block in blocks:
        if block["kind"] == "grid":
            yield from (cell for row in block["rows"] for cell in row)
        elif block["kind"] == "table":
            yield from block["columns"]
            yield from (cell for row in block["rows"] for cell in row)
        else:
            yield block["text"]


def _paragraphs(line: Line, values: Values) -> Iterator[Block]:
    about: list[dict[str, str]] = [{}]
    if line.each:
        names = fields()[line.each].columns
        rows = values.get(line.each) or []
        about = [{NUMBER: str(n), **dict(zip(names, row, strict=True))} for n, row in enumerate(rows, 1)]
    for row in about:
        for text in _text(line.cells[0], values, row).split("\n"):
            if text.strip():
                yield {"kind": line.kind, "text": text.strip()}


def _rows(rows: Sequence[Sequence[str]] | None, columns: Sequence[str]) -> list[list[str]]:
    if not rows:
        return [[""] * len(columns)]
    return [[str(number), *map(str, row)] for number, row in enumerate(rows, start=1)]


def _text(
    parts: Iterable[tuple[str, str]], values: Values, row: Mapping[str, str], blank: str = BLANK
) -> str:
    words = []
    for kind, word in parts:
        if kind == "text":
            words.append(word)
        elif word in row:
            words.append(row[word])
        elif not empty(values.get(word)):
            words.append(spoken(fields()[word], values[word]))
        elif kind == "field":
            words.append(blank)
    return DOUBLED.sub("", "".join(words))
