"""Cover, catalogue and closing note of a dossier (案卷封面·目录·备考表): form F58, filled from the dossier."""

from __future__ import annotations

import csv
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from yifa.casework.dossiers.contents import COVER
from yifa.casework.instruments.queries import form_pdf
from yifa.ledger.clock import SHANGHAI
from yifa.listing.exports import BOM, Line, neutral

if TYPE_CHECKING:
    from yifa.casework.dossiers.queries import Dossier

HEADS = ("顺序号", "卷", "部分", "文书", "文号", "日期", "页码", "SHA-256", "文件")


def cover_pdf(found: Dossier, on: date) -> bytes:
    """The three leaves as one PDF/A. Raises NoFonts, MissingGlyph."""
    return form_pdf(
        organ=found.case.organ, form=COVER, record=found.record, on=on, values=cover_values(found),
        draft=found.archived is None,
    )  # fmt: skip


def cover_values(found: Dossier) -> dict[str, object]:
    rows = [[entry.name, entry.number, entry.dated, entry.pages] for entry in found.entries]
    return {
        "保管期限": found.retention.words,
        "总页数": str(found.pages),
        "卷内目录": rows,
        "备考说明": closing_note(found),
    }


def closing_note(found: Dossier) -> str:
    """What the closing note says: counted, and what is missing."""
    words = f"本卷共{len(found.entries)}件，{found.pages}页。"
    if found.without_pages:
        words += f"其中{found.without_pages}件为音像或者电子材料，不编页码，存于电子案卷。"
    if found.case.entered_late:
        words += "本案为补录案件。"
    if not found.gaps:
        return words + "按办案记录核对，没有缺件。"
    return (
        words
        + f"按办案记录核对，缺{len(found.gaps)}件："
        + "；".join(gap.message for gap in found.gaps)
        + "。"
    )


def rows_of(found: Dossier) -> list[tuple[str, ...]]:
    return [
        (
            str(entry.place), entry.part.volume_words, entry.part.title, entry.name, entry.number, entry.dated, entry.pages,
            entry.sha256, entry.path,
        )
        for entry in found.entries
    ]  # fmt: skip


def catalogue_csv(found: Dossier) -> str:
    """The catalogue for a spreadsheet; a cell that would begin a formula is neutralised."""
    writer = csv.writer(Line())
    return BOM + "".join(writer.writerow([neutral(cell) for cell in row]) for row in (HEADS, *rows_of(found)))


def catalogue_html(found: Dossier) -> str:
    """The catalogue as a page that opens from disk and links to the files beside it."""
    head = "".join(f"<th scope=col>{name}</th>" for name in HEADS[:-2])
    body = "".join(
        "<tr>"
        + "".join(
            f'<td><a href="{escape(path.removeprefix("data/"))}">{escape(cell)}</a></td>'
            if place == 3
            else f"<td>{escape(cell)}</td>"
            for place, cell in enumerate(cells[:-2])
        )
        + "</tr>\n"
        for cells in rows_of(found)
        for path in cells[-1:]
    )
    case = found.case
    archived = found.archived.at.astimezone(SHANGHAI).date().isoformat() if found.archived else "没有归档"
    gaps = "".join(f"<li>{escape(gap.message)}（{escape(gap.article)}）</li>" for gap in found.gaps)
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>卷内文件目录 {escape(case.number)}</title>
<style>body{{font:16px/1.6 sans-serif;margin:2em auto;max-width:70em;padding:0 1em}}table{{border-collapse:collapse;width:100%}}
th,td{{border:1px solid #767676;padding:.3em .5em;text-align:left;vertical-align:top}}</style></head>
<body><h1>卷内文件目录</h1>
<p>{escape(case.organ.name)}　{escape(case.number)}　{escape(case.party_name)}</p>
<p>归档 {archived}　保管期限 {found.retention.words}（{escape(found.retention.why)}）　共 {len(found.entries)} 件 {found.pages} 页</p>
<p>{"补录案件。" if case.entered_late else ""}</p>
<table><thead><tr>{head}</tr></thead>
<tbody>
{body}</tbody></table>
<h2>缺件</h2>{f"<ul>{gaps}</ul>" if gaps else "<p>按办案记录核对，没有缺件。</p>"}
</body></html>
"""
