"""The contents of a dossier in order, with page numbers (卷内文件目录)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yifa.casework.dossiers.files import KeptFile
from yifa.casework.instruments.models import CORRECTED, REVOKED, Instrument
from yifa.law.dossier import Part, evidence_place, place_of
from yifa.law.labels import label

COVER = "file_cover_index_note"
COUNTED = re.compile(rb"/Count\s+(\d+)")
PICTURES = ("image/",)


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue. `first`, `last`: pages; None where it has none (audio, video, data).

    `source`: `instrument:…` or that of the kept file. `fate`: 已撤销 or 已更正, empty for a paper that stands.
    """

    place: int
    part: Part
    name: str
    number: str
    dated: str
    first: int | None
    last: int | None
    source: str
    sha256: str
    size: int
    media_type: str
    path: str
    no: str = ""
    fate: str = ""

    @property
    def pages(self) -> str:
        if self.first is None:
            return "—"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Piece:
    """What goes into the catalogue before it has its place."""

    key: tuple[int, int, str, str]
    part: Part
    name: str
    number: str
    dated: str
    pages: int
    source: str
    sha256: str
    size: int
    media_type: str
    file_name: str
    no: str = ""
    fate: str = ""


def pages_of_pdf(data: bytes) -> int:
    """Pages of a PDF as its page tree counts them; 0 where it cannot be read off."""
    return max((int(found) for found in COUNTED.findall(data)), default=0)


def paper_piece(paper: Instrument, pdf: bytes) -> Piece:
    part, rank = place_of(paper.form)
    dated = paper.dated_on.isoformat() if paper.dated_on else ""
    return Piece(
        (part.place, rank, dated, f"{paper.serial:05d}"), part, paper.definition.name, paper.number, dated, pages_of_pdf(pdf),
        f"instrument:{paper.no}", paper.pdf_sha256, len(pdf), "application/pdf", f"{paper.form}.pdf", paper.no,
        paper.state_words if paper.state in (REVOKED, CORRECTED) else "",
    )  # fmt: skip


def file_piece(file: KeptFile, serial: int) -> Piece:
    part, rank = evidence_place(file.evidence_kind)
    pages = 0
    if file.media_type == "application/pdf":
        pages = pages_of_pdf(b"".join(file.chunks()))
    elif file.media_type.startswith(PICTURES):
        pages = 1
    name = f"{label('evidence_kind', file.evidence_kind)} {file.evidence_id}：{file.name}"
    return Piece(
        (part.place, rank, file.added_on, f"{serial:05d}"), part, name, "", file.added_on, pages, file.source, file.sha256,
        file.size, file.media_type, f"evidence{suffix(file.name)}",
    )  # fmt: skip


def suffix(name: str) -> str:
    """The ending of a file name where it is a plain one: `.jpg`."""
    found = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return found[0].lower() if found else ""


def arranged(papers: Iterable[tuple[Instrument, bytes]], files: Sequence[KeptFile]) -> list[Entry]:
    """The catalogue: main volume first; pages are counted through, cover and catalogue have none."""
    pieces = [paper_piece(paper, pdf) for paper, pdf in papers if paper.form != COVER]
    pieces += [file_piece(file, serial) for serial, file in enumerate(files, start=1)]
    entries, page = [], 1
    for place, one in enumerate(sorted(pieces, key=lambda piece: piece.key), start=1):
        first, last = (page, page + one.pages - 1) if one.pages else (None, None)
        page += one.pages
        folder = "papers" if one.source.startswith("instrument:") else "evidence"
        entries.append(
            Entry(
                place, one.part, one.name, one.number, one.dated, first, last, one.source, one.sha256, one.size, one.media_type,
                f"data/{folder}/{place:03d}-{one.file_name}", one.no, one.fate,
            )
        )  # fmt: skip
    return entries


def page_total(entries: Iterable[Entry]) -> int:
    return max((entry.last for entry in entries if entry.last), default=0)
