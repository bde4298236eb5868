"""Texts and values written by strangers: code of other languages is refused with its line, or printed as it stands."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from yifa.casework.cases.tests import desk
from yifa.casework.instruments import actions
from yifa.casework.instruments.errors import MissingGlyph
from yifa.casework.instruments.models import TemplateEdition
from yifa.casework.instruments.queries import draft_paper
from yifa.casework.instruments.tests import factories as make
from yifa.casework.instruments.typesetting import pdf

pytestmark = pytest.mark.django_db
REFUSED = (
    "{{7*7}}", "{{ config.items() }}", "{% include '/etc/passwd' %}", "{% debug %}", "${7*7}", "#{7*7}", "{当事人.__class__}",
    "{当事人!r}", "{0}", "{", "{当事人", "{没有这个字段}", "{表格 当事人}", "{逐项 没有}",
)  # fmt: skip
PRINTED = (
    '#read("/etc/passwd")', "#let x = 7 * 7", '#import "@preview/a:1.0.0": *', "#sys.inputs.paper", "$ 7 * 7 $", "<%= 7 * 7 %>",
    "\\input(/etc/passwd)", "<script>alert(1)</script>", "*粗* _斜_ @引用 <标签>", "=HYPERLINK(1)", "//注释 /* 注释 */",
)  # fmt: skip
RARE = "𠮷𪚥𫝀𫠝𬂛𮯰𰀀㐀"
"""CJK extensions B, B, C or D, D, E, F, G and A."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def words(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).split())


def posted(text: str, do: str):
    return desk.login("0301").post(
        "/desk/templates/assist_letter/", {"do": do, "text": text, "valid_from": "2999-01-01"}
    )


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_in_the_language_is_refused_with_its_line_and_stays_typed(text):
    make.make.organ()
    page = desk.main_of(answer := posted(f"好\n{text}", "publish"))
    said = TOKEN.sub("", page.partition("<textarea")[0])
    assert answer.status_code == 422 and "第 2 行" in said and "49" not in said
    assert not TemplateEdition.objects.exists()
    assert "第 2 行" in desk.main_of(posted(f"好\n{text}", "preview"))


def test_code_of_other_languages_is_printed_as_it_stands():
    case = make.decided()
    actions.publish_edition(
        organ=case.organ, form="assist_letter", text="\n".join(PRINTED), valid_from=make.DAY, note="", by="0301", actor=make.ACTOR
    )  # fmt: skip
    draft = actions.begin(case=case, form="assist_letter", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    printed = words(pdf(draft_paper(draft), make.DAY))
    assert [one for one in PRINTED if "".join(one.split()) not in printed] == []
    assert "root:" not in printed
    shown = posted("\n".join(PRINTED), "preview").content.decode()
    assert "&lt;script&gt;alert(1)" in shown and "<script>alert(1)" not in shown


@pytest.mark.parametrize("char", RARE)
def test_a_rare_character_is_printed_or_named(char):
    draft = make.decision_paper(当事人=f"示例{char}")
    try:
        printed = words(pdf(draft_paper(draft), make.DAY))
    except MissingGlyph as error:
        assert f"“{char}”（U+{ord(char):04X}" in str(error)
    else:
        assert f"示例{char}" in printed
