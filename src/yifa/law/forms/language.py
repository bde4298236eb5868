"""The language of instrument texts: lines with fields in braces. It can show, leave out and repeat; it runs nothing.

# 标题                       a heading
{字段}                       the value of a field, anywhere in a line; a blank to fill by hand where it has none
{字段？}                     the same, and nothing where it has none
{如有 字段}…                 the line only where the field has a value
{逐项 字段}…{列名}…{序号}    the line once for each row of a table field
{表格 字段}                  alone on a line: the rows as a table
{顶格}…                      the line without indent
{画框}                       alone on a line: an empty frame to draw in
| 名称 | {字段} |            a row of the head table, of two or four cells
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

TOKEN = re.compile(r"\{([^{}\n]*)\}|([{}])")
FLUSH, IF, EACH, TABLE, FRAME = "顶格", "如有", "逐项", "表格", "画框"
NUMBER = "序号"
LONGEST = 40_000
Part = tuple[str, str]
"""("text", words), ("field", label) or ("maybe", label)."""


class TextWrong(ValueError):
    """A text that is not in the language; `problems` are (line from 1, what is wrong and what to do)."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__("；".join(f"第 {line} 行：{what}" for line, what in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Line:
    """`kind`: heading, paragraph, flush, table, row, frame. `cells` are the cells of a row, else one; `about` the table field."""

    kind: str
    cells: tuple[tuple[Part, ...], ...]
    only_if: str = ""
    each: str = ""
    about: str = ""


def parse(text: str, columns: Mapping[str, tuple[str, ...]]) -> tuple[Line, ...]:
    """The lines of a text. `columns`: label → names of its columns, () for a field that is no table.

    Raises TextWrong with every problem.
    """
    if len(text) > LONGEST:
        raise TextWrong([(1, f"模板超过 {LONGEST} 字，请拆分")])
    lines, problems = [], []
    for number, raw in enumerate(text.splitlines(), start=1):
        if raw.strip():
            try:
                lines.append(_line(raw.strip(), columns))
            except ValueError as error:
                problems.append((number, str(error)))
    if not lines and not problems:
        problems.append((1, "模板是空的，请写入正文"))
    if problems:
        raise TextWrong(problems)
    return tuple(lines)


def fields_used(lines: tuple[Line, ...]) -> list[str]:
    """Labels in order of first use."""
    found: dict[str, None] = {}
    for line in lines:
        found |= dict.fromkeys(label for label in (line.only_if, line.each, line.about) if label)
        if not line.each:
            found |= dict.fromkeys(word for cell in line.cells for kind, word in cell if kind != "text")
    return list(found)


def _line(raw: str, columns: Mapping[str, tuple[str, ...]]) -> Line:
    if raw.startswith("|"):
        return Line("row", _cells(raw, columns))
    if raw == f"{{{FRAME}}}":
        return Line("frame", ())
    kind, only_if, each = "paragraph", "", ""
    if raw.startswith("# "):
        kind, raw = "heading", raw[2:].strip()
    while match := TOKEN.match(raw):
        word, _, label = (match[1] or "").strip().partition(" ")
        if word not in (FLUSH, IF, EACH, TABLE):
            break
        raw, label = raw[match.end() :].strip(), label.strip()
        if word == FLUSH:
            kind = "flush"
        elif word == IF:
            only_if = known(label, columns)
        elif word == EACH:
            each = table(label, columns)
        else:
            if raw:
                raise ValueError(f"“{{表格 {label}}}”要单独占一行，请把“{raw[:12]}”移到下一行")
            return Line("table", (), only_if, "", table(label, columns))
    allowed = {**columns, **dict.fromkeys((NUMBER, *columns[each]), ())} if each else columns
    parts = _parts(raw, allowed)
    if not parts:
        raise ValueError("这一行没有内容，请写入文字或者删去整行")
    return Line(kind, (parts,), only_if, each)


def _cells(raw: str, columns: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Part, ...], ...]:
    cells = [cell.strip() for cell in raw.strip("|").split("|")]
    if len(cells) not in (2, 4):
        raise ValueError(f"表格行要有 2 格或者 4 格，现在是 {len(cells)} 格，请检查竖线“|”")
    return tuple(_parts(cell, columns) for cell in cells)


def _parts(raw: str, columns: Mapping[str, tuple[str, ...]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    last = 0
    for match in TOKEN.finditer(raw):
        if match[2]:
            raise ValueError(f"花括号“{match[2]}”没有配对，请补上或者删去")
        if match.start() > last:
            parts.append(("text", raw[last : match.start()]))
        label = match[1].strip()
        bare = label.rstrip("？?")
        parts.append(("field" if bare == label else "maybe", plain(bare, columns)))
        last = match.end()
    if last < len(raw):
        parts.append(("text", raw[last:]))
    return tuple(parts)


def known(label: str, columns: Mapping[str, tuple[str, ...]]) -> str:
    if label not in columns:
        raise ValueError(f"没有名为“{label}”的字段，请从字段表中选择")
    return label


def table(label: str, columns: Mapping[str, tuple[str, ...]]) -> str:
    if not columns[known(label, columns)]:
        raise ValueError(f"“{label}”不是表格字段，请直接写“{{{label}}}”")
    return label


def plain(label: str, columns: Mapping[str, tuple[str, ...]]) -> str:
    word = label.split(" ")[0]
    if word in (IF, EACH, TABLE, FLUSH):
        raise ValueError(f"“{{{label}}}”只能写在一行的开头")
    if columns[known(label, columns)]:
        raise ValueError(f"“{label}”是表格字段，请写“{{表格 {label}}}”或者“{{逐项 {label}}}”")
    return label
