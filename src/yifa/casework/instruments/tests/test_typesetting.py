"""Typesetting: what stops a paper, the same bytes again, text that stays text, and PDF and DOCX that say the same."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from yifa.casework.instruments import fonts, typesetting
from yifa.casework.instruments.editable import docx
from yifa.casework.instruments.errors import MissingGlyph, NoFonts
from yifa.casework.instruments.papers import paper
from yifa.casework.instruments.typesetting import pdf
from yifa.law.forms.composing import plain
from yifa.law.forms.definitions import definition, definitions

DAY = date(2021, 9, 1)
ROWS = [["现场照片", str(n), "占用道路堆放物料", "2021-08-03"] for n in range(1, 41)]


def made(form: str = "penalty_decision", draft: bool = False, demo: bool = True, **values):
    kind = definition(form)
    return paper(
        kind=kind, lines=kind.lines, values=values, organ="示例区城市管理委员会", number="津示城管罚决字〔2021〕第001号",
        dated=DAY, draft=draft, demo=demo,
    )  # fmt: skip


def bare(text: str) -> str:
    return "".join(text.split())


def read(data: bytes) -> list[str]:
    """The text of each page, without spaces."""
    found = pypdfium2.PdfDocument(data)
    return [bare(page.get_textpage().get_text_range()) for page in found]


def test_a_character_no_font_has_is_an_error_that_names_it():
    with pytest.raises(MissingGlyph, match=r"“😀”（U\+1F600"):
        pdf(made(当事人="示例😀"), DAY)


def test_without_fonts_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(fonts, "FOLDERS", ())
    monkeypatch.setattr(fonts, "PACKAGE", "no_such_package_of_fonts")
    with pytest.raises(NoFonts, match="fonts-noto-cjk"):
        fonts.font_files("")


def test_only_open_fonts_are_taken_from_shared_folders(tmp_path, monkeypatch):
    for name in (
        "SimHei.ttf",
        "simsun.ttc",
        "NotoSerifSC-Regular.ttf",
        "FandolFang-Regular.otf",
        "DejaVuSans.ttf",
    ):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
    assert {path.name for path in fonts.font_files("")} == {
        "NotoSerifSC-Regular.ttf",
        "FandolFang-Regular.otf",
    }


def test_the_compiler_needs_no_package_from_elsewhere():
    template = typesetting.TEMPLATE.read_text(encoding="utf-8")
    assert "@preview" not in template and "#import" not in template and "http" not in template


def test_what_a_person_typed_is_never_markup():
    typed = '#sys.inputs *粗* $x$ @ref <label> ] " \\u{41} #read("/etc/passwd")'
    assert bare(typed) in "".join(read(pdf(made(当事人=typed), DAY)))


def test_the_same_paper_gives_the_same_bytes():
    assert pdf(made(当事人="甲"), DAY) == pdf(made(当事人="甲"), DAY)


def test_it_says_that_it_is_pdf_a():
    data = pdf(made(), DAY)
    assert re.search(rb"<pdfaid:part>3</pdfaid:part>", data) and re.search(rb"<pdfaid:conformance>B<", data)


def test_a_long_list_of_evidence_repeats_its_head_and_every_page_has_its_number():
    pages = read(pdf(made(证据=ROWS), DAY))
    assert len(pages) >= 3
    assert sum("证明目的" in page for page in pages) >= 2
    assert all(f"—{number}—" in page for number, page in enumerate(pages, start=1))


def test_a_draft_says_so_on_every_page_and_a_finished_paper_nowhere():
    assert all("草稿" in page for page in read(pdf(made(draft=True, 证据=ROWS), DAY)))
    assert not any("草稿" in page for page in read(pdf(made(证据=ROWS), DAY)))


def test_the_ring_is_only_on_sealed_papers_of_a_demonstration():
    assert "演示用章" in "".join(read(pdf(made(), DAY)))
    assert "演示用章" not in "".join(read(pdf(made(demo=False), DAY)))
    assert "演示用章" not in "".join(read(pdf(made(draft=True), DAY)))


@pytest.mark.parametrize("form", list(definitions()))
def test_every_form_can_be_typeset_and_its_docx_says_the_same(form):
    whole = made(form, 当事人="示例当事人", 违法事实="占用道路堆放物料。")
    printed = "".join(read(pdf(whole, DAY)))
    document = Document(io.BytesIO(docx(whole)))
    words = bare("".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")))
    sheet = whole["layout"] == "sheet"
    signs = [f"{one.partition('（')[0]}意见" if sheet else one for one in whole["signs"]]
    for text in [whole["title"], whole["number"], *plain(whole["blocks"]), *signs]:
        assert bare(text) in words, text
        assert all(bare(part) in printed for part in text.split("________")), text


def test_margins_are_those_of_official_documents():
    source = Path(typesetting.TEMPLATE).read_text(encoding="utf-8")
    assert "top: 37mm, right: 26mm, bottom: 35mm, left: 28mm" in source


def test_signatures_and_seal_never_stand_on_a_page_without_text():
    for rows in range(1, 24):
        pages = read(pdf(made(证据=ROWS[:rows], 救济途径="如不服本决定，可以依法申请行政复议。"), DAY))
        seal = next(page for page in pages if "演示用章" in page)
        assert "如不服本决定" in seal, rows


def test_the_signers_of_a_transcript_stand_together_and_sign_every_page():
    for rows in range(6, 14):
        pages = read(pdf(made("questioning_record", 问答=[["问话", "回答"]] * rows), DAY))
        assert all("逐页签名：" in page for page in pages[:-1]) and "逐页签名：" not in pages[-1]
        assert "被询问人（逐页签名）" in pages[-1] and "记录人（签名）" in pages[-1], rows


def test_a_long_word_breaks_inside_its_cell_and_is_copied_whole():
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    page = pypdfium2.PdfDocument(pdf(made("edata_note", 完整性校验值=digest), DAY))[0]
    assert digest in bare(page.get_textpage().get_text_range())
    text = page.get_textpage()
    right = max(text.get_charbox(n)[2] for n in range(text.count_chars()))
    assert right <= page.get_width() - 26 / 25.4 * 72 + 0.1


def test_a_page_of_a_decision_has_lines_of_28_points_and_28_characters():
    page = pypdfium2.PdfDocument(pdf(made(违法事实="占" * 200), DAY))[0].get_textpage()
    boxes = [page.get_charbox(n) for n in range(page.count_chars()) if page.get_text_range(n, 1) == "占"]
    lines = sorted({round(box[1]) for box in boxes}, reverse=True)
    assert {round(one - other) for one, other in zip(lines[1:], lines[2:], strict=False)} == {28}
    assert max(sum(round(box[1]) == line for box in boxes) for line in lines) == 28
