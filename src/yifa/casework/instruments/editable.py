"""The same paper as an editable DOCX: the same blocks, so the same text; page, type and spacing as in paper.typ."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY, HEADING, TITLE = "仿宋", "黑体", "方正小标宋简体"
RED = RGBColor(0xC0, 0, 0)
MARGINS = {"top_margin": 37, "right_margin": 26, "bottom_margin": 35, "left_margin": 28}
WIDTH = 156.0
GRID = (31.4, 46.6, 31.4, 46.6)
SMALL = 12.0
PER_LETTER, PADDING = 4.3, 4.2
"""Millimetres of a letter of 12 pt, and of the padding of a cell."""
MADE = datetime(2021, 7, 15, tzinfo=UTC)
DAY_BLANK = "　　年　月　日"


def docx(paper: Mapping[str, Any]) -> bytes:
    """The paper of papers.py as a file of a word processor."""
    made = Document()
    size, pitch = _type(paper)
    _page(made, paper)
    _head(made, paper)
    for block in paper["blocks"]:
        _block(made, block, size, pitch)
    for one in made.paragraphs[-2:]:
        one.paragraph_format.keep_with_next = bool(paper["signs"] or paper["seal"]["show"])
    if paper["layout"] == "sheet":
        _opinions(made, paper["signs"])
    else:
        _signatures(made, paper["signs"], size)
    if paper["seal"]["show"]:
        _seal(made, paper["seal"], size, pitch)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _type(paper: Mapping[str, Any]) -> tuple[float, float]:
    """Size and line pitch of the body in points."""
    if paper["compact"]:
        return 12, 18
    return (15.5, 28) if paper["layout"] in ("outward", "internal") else (14, 22)


def _page(made: Any, paper: Mapping[str, Any]) -> None:
    section = made.sections[0]
    for name, width in {"page_width": 210, "page_height": 297, **MARGINS}.items():
        setattr(section, name, Mm(width))
    section.footer_distance = Mm(22)
    made.core_properties.title, made.core_properties.author = paper["title"], paper["organ"]
    made.core_properties.created = made.core_properties.modified = MADE
    made.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        line = _set(footer.paragraphs[0], "— ", size=14, align=align)
        _field(line, "PAGE")
        _run(line, " —", BODY, 14)
        if paper["foot"]:
            _set(footer.add_paragraph(), paper["foot"], size=8)


def _head(made: Any, paper: Mapping[str, Any]) -> None:
    if paper["mark"]:
        _set(made.add_paragraph(), paper["mark"], size=12, align=ALIGN.RIGHT)
    outward = paper["layout"] == "outward"
    organ = _set(made.add_paragraph(), paper["organ"], face=TITLE, size=30 if outward else 16, bold=True)
    if outward:
        organ.runs[0].font.color.rgb = RED
    title = _set(made.add_paragraph(), paper["title"], face=TITLE, size=22, bold=True)
    if outward:
        title = _set(made.add_paragraph(), paper["number"], size=16)
        _rule(title)
    elif paper["number"]:
        title = _set(made.add_paragraph(), paper["number"], size=SMALL, align=ALIGN.RIGHT)
    title.paragraph_format.space_after = Pt(9)


def _block(made: Any, block: Mapping[str, Any], size: float, pitch: float) -> None:
    kind = block["kind"]
    if kind == "table":
        _table(made, block)
    elif kind == "grid":
        _grid(made, block["rows"])
    elif kind == "frame":
        _frame(made)
    else:
        align = ALIGN.LEFT if kind == "heading" else ALIGN.JUSTIFY
        line = _set(
            made.add_paragraph(),
            block["text"],
            face=HEADING if kind == "heading" else BODY,
            size=size,
            align=align,
            pitch=pitch,
        )
        line.paragraph_format.keep_with_next = kind == "heading"
        if kind == "paragraph":
            line.paragraph_format.first_line_indent = Pt(2 * size)


def _table(made: Any, block: Mapping[str, Any]) -> None:
    rows = [block["columns"], *block["rows"]]
    table = _new(made, _widths(block), len(rows))
    for number, row in enumerate(rows):
        for column, (cell, words) in enumerate(zip(table.rows[number].cells, row, strict=True)):
            left = number and block["left"][column]
            _fill(cell, words, ALIGN.LEFT if left else ALIGN.CENTER, BODY if number else HEADING)
    _mark(table.rows[0], "w:tblHeader")
    _gap(made)


def _widths(block: Mapping[str, Any]) -> list[float]:
    """Millimetres of each column."""
    longest = [
        max(len(row[n]) for row in [block["columns"], *block["rows"]]) for n in range(len(block["columns"]))
    ]
    fixed = [
        0.0 if share else min(count, 12) * PER_LETTER + PADDING
        for share, count in zip(block["shares"], longest, strict=True)
    ]
    rest = (WIDTH - sum(fixed)) / (sum(block["shares"]) or 1)
    return [one or share * rest for one, share in zip(fixed, block["shares"], strict=True)]


def _grid(made: Any, rows: Sequence[Sequence[str]]) -> None:
    table = _new(made, GRID, len(rows))
    for line, row in zip(table.rows, rows, strict=True):
        cells = list(line.cells)
        if len(row) == 2:
            cells = [cells[0], cells[1].merge(cells[3])]
        for number, (cell, words) in enumerate(zip(cells, row, strict=True)):
            _fill(cell, words, ALIGN.LEFT if number % 2 else ALIGN.CENTER)
    _gap(made)


def _frame(made: Any) -> None:
    table = _new(made, (WIDTH,), 1)
    table.rows[0].height, table.rows[0].height_rule = Mm(80), WD_ROW_HEIGHT_RULE.EXACTLY
    _gap(made)


def _opinions(made: Any, signs: Sequence[str]) -> None:
    if not signs:
        return
    table = _new(made, (43.1, 112.9), len(signs))
    for row, words in zip(table.rows, signs, strict=True):
        row.height, row.height_rule = Mm(16), WD_ROW_HEIGHT_RULE.AT_LEAST
        _fill(row.cells[0], f"{words.partition('（')[0]}意见", ALIGN.CENTER)
        _fill(row.cells[1], "签名：　　　　　　年　　月　　日", ALIGN.RIGHT)
        row.cells[1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


def _signatures(made: Any, signs: Sequence[str], size: float) -> None:
    lines = [made.add_paragraph() for _ in signs]
    for line, words in zip(lines, signs, strict=True):
        _set(line, f"{words}：\t{DAY_BLANK}", size=min(size, 14), align=ALIGN.LEFT)
        line.paragraph_format.tab_stops.add_tab_stop(
            Mm(WIDTH - 38), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES
        )
        line.paragraph_format.space_before = Pt(9)
    for line, _ in pairwise(lines):
        line.paragraph_format.keep_with_next = True


def _seal(made: Any, seal: Mapping[str, Any], size: float, pitch: float) -> None:
    organ, day = (
        _set(made.add_paragraph(), words, size=size, pitch=pitch)
        for words in (seal["organ"], seal["date"] or "　　年　　月　　日")
    )
    organ.paragraph_format.space_before = Pt(36)
    organ.paragraph_format.keep_with_next = True
    for line in (organ, day):
        line.paragraph_format.left_indent = Mm(WIDTH / 2)
    _keep_before(made, organ)


def _keep_before(made: Any, organ: Any) -> None:
    """What stands before the seal stays on its page."""
    lines = made.paragraphs
    place = next(number for number, line in enumerate(lines) if line._p is organ._p)
    lines[place - 1].paragraph_format.keep_with_next = True


def _new(made: Any, widths: Sequence[float], rows: int) -> Any:
    table = made.add_table(rows=rows, cols=len(widths))
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        _mark(row, "w:cantSplit")
    return table


def _fill(cell: Any, words: str, align: Any, face: str = BODY) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    line = _set(cell.paragraphs[0], words, face=face, size=SMALL, align=align, pitch=16)
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(3)


def _gap(made: Any) -> None:
    """A word processor joins two tables without a paragraph between them."""
    _set(made.add_paragraph(), "", size=4, pitch=6)


def _set(
    line: Any, words: str, *, face: str = BODY, size: float = 16, bold: bool = False, align: Any = ALIGN.CENTER, pitch: float = 0
) -> Any:  # fmt: skip
    line.alignment = align
    line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = Pt(pitch) if pitch else 1.0
    if words:
        _run(line, words, face, size).bold = bold
    return line


def _run(paragraph: Any, words: str, face: str, size: float) -> Any:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = face, Pt(size)
    # without the East Asian face a word processor takes its own default, often a Japanese one
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    return run


def _field(line: Any, code: str) -> None:
    """A field of the word processor, such as the number of the page."""
    for kind in ("begin", "", "end"):
        run = _run(line, "", BODY, 14)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def _rule(line: Any) -> None:
    """The red line under the head of a paper that goes out."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "10", "space": "4", "color": "C00000"}.items():
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
