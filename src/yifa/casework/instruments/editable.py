"""The same paper as an editable DOCX: the same blocks, so the same text."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY, HEADING, TITLE = "仿宋", "黑体", "小标宋"
RED = RGBColor(0xC0, 0, 0)
MARGINS = {"top_margin": 37, "right_margin": 26, "bottom_margin": 35, "left_margin": 28}
MADE = datetime(2021, 7, 15, tzinfo=UTC)


def docx(paper: Mapping[str, Any]) -> bytes:
    """The paper of papers.py as a file of a word processor."""
    made = Document()
    for name, width in {"page_width": 210, "page_height": 297, **MARGINS}.items():
        setattr(made.sections[0], name, Mm(width))
    made.core_properties.title, made.core_properties.author = paper["title"], paper["organ"]
    made.core_properties.created = made.core_properties.modified = MADE
    if paper["draft"]:
        _line(made, "草稿", size=12, align=WD_ALIGN_PARAGRAPH.RIGHT)
    outward = paper["layout"] == "outward"
    _line(
        made,
        paper["organ"],
        face=TITLE,
        size=30 if outward else 16,
        colour=RED if outward else None,
        bold=True,
    )
    _line(made, paper["title"], face=TITLE, size=22, bold=True)
    if paper["number"]:
        _line(made, paper["number"], size=16 if outward else 12)
    for block in paper["blocks"]:
        _block(made, block)
    for words in paper["signs"]:
        _line(made, f"{words}：", size=14, align=WD_ALIGN_PARAGRAPH.LEFT)
    if paper["seal"]["show"]:
        for words in (paper["seal"]["organ"], paper["seal"]["date"]):
            _line(made, words, size=16, align=WD_ALIGN_PARAGRAPH.RIGHT)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _block(made: Any, block: Mapping[str, Any]) -> None:
    if block["kind"] == "table":
        _table(made, [block["columns"], *block["rows"]], len(block["columns"]))
    elif block["kind"] == "grid":
        _table(made, block["rows"], 4)
    else:
        face = HEADING if block["kind"] == "heading" else BODY
        found = _line(made, block["text"], face=face, size=16, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        if block["kind"] == "paragraph":
            found.paragraph_format.first_line_indent = Pt(32)


def _table(made: Any, rows: Sequence[Sequence[str]], width: int) -> None:
    table = made.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        if len(row) < width:
            cells[len(row) - 1].merge(cells[-1])
        for cell, words in zip(cells, row, strict=False):
            _run(cell.paragraphs[0], words, BODY, 12)


def _line(
    made: Any, words: str, *, face: str = BODY, size: int = 16, colour: Any = None, bold: bool = False,
    align: Any = WD_ALIGN_PARAGRAPH.CENTER,
) -> Any:  # fmt: skip
    found = made.add_paragraph()
    found.alignment = align
    found.paragraph_format.space_after = Pt(0)
    run = _run(found, words, face, size)
    run.bold = bold
    if colour is not None:
        run.font.color.rgb = colour
    return found


def _run(paragraph: Any, words: str, face: str, size: int) -> Any:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = face, Pt(size)
    # without the East Asian face a word processor takes its own default, often a Japanese one
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    return run
