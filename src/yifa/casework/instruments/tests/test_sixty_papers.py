"""All sixty papers, sealed through the product's own path, and the same papers as DOCX opened by LibreOffice."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from yifa.casework.instruments.editable import docx
from yifa.casework.instruments.queries import draft_paper
from yifa.casework.instruments.tests import filled
from yifa.casework.instruments.typesetting import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FURNITURE = re.compile(r"演示用章|—\d+—|逐页签名：|本文书一式.份|[-“”_＿\ufffe]")
"""The ring, what stands at the foot of every page, blanks to write on; hyphens and quotes, which pdfium moves."""


def bare(file: Path, heads: list[str]) -> tuple[int, str]:
    """(pages, the words in their order without what repeats at every page)."""
    pages = list(pypdfium2.PdfDocument(file))
    words = "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)
    words = FURNITURE.sub("", words)
    for repeated in heads:
        first, found, rest = words.partition(repeated)
        words = first + found + rest.replace(repeated, "")
    return len(pages), words


def converted(folder: Path) -> None:
    """One run of LibreOffice over all DOCX of a folder."""
    program = os.environ["YIFA_SOFFICE"]
    home = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, "--headless", home, "--convert-to", "pdf", "--outdir", str(folder / "word")]
    files = sorted(map(str, folder.glob("*.docx")))
    done = subprocess.run([*command, *files], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr and "repair" not in done.stderr.lower(), done.stderr


def test_every_docx_is_opened_by_libreoffice_and_says_what_the_pdf_says(tmp_path):
    wholes = {}
    for paper in filled.sealed(filled.whole_case()):
        code, whole = paper.definition.code, draft_paper(paper)
        wholes[code] = whole
        (tmp_path / f"{code}-sealed.pdf").write_bytes(bytes(paper.file.pdf))
        (tmp_path / f"{code}.pdf").write_bytes(pdf(whole, filled.DAY))
        (tmp_path / f"{code}.docx").write_bytes(docx(whole))
    converted(tmp_path)
    different = {}
    for code, whole in wholes.items():
        heads = ["".join(block["columns"]) for block in whole["blocks"] if block["kind"] == "table"]
        ours, theirs = (
            bare(file, heads) for file in (tmp_path / f"{code}.pdf", tmp_path / "word" / f"{code}.pdf")
        )
        if ours[1] != theirs[1] or (ours[0] == 1 and theirs[0] != 1):
            different[code] = (ours, theirs)
    assert len(wholes) == 60 and different == {}
