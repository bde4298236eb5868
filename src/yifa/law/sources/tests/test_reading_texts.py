"""Statute texts are recognised or refused, never guessed. The texts here are invented."""

import io
import zipfile

import pytest

from yifa.law.sources import UnreadableText, chinese_number, docx
from yifa.law.sources.text import read_text

LAST = 17


def text(
    *,
    title: str = "罚款决定与罚款收缴分离实施办法",
    day: str = "1998年1月1日 施行",
    count: int = LAST,
    extra: str = "",
) -> str:
    articles = "\n\n".join(
        f"第{chinese_number(n)}条　本条为测试而虚构。\n\n本款也是虚构。" for n in range(1, count + 1)
    )
    return f"# {title}\n\n{day}\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n{articles}\n{extra}"


def refused(source: str, edition: str = "") -> str:
    with pytest.raises(UnreadableText) as error:
        read_text(source.splitlines(), edition)
    return str(error.value)


def word(xml: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("word/document.xml", xml)
    return data.getvalue()


def docx_of(lines: list[str]) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return word(f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')


def test_a_text_of_no_known_statute_is_refused():
    assert "认不出这是哪部法律" in refused(text(title="示例管理办法"))


def test_a_file_without_articles_is_refused():
    assert "没有“第一条”" in refused("# 罚款决定与罚款收缴分离实施办法\n\n只有说明。")


def test_an_edition_that_is_not_on_file_is_refused():
    assert "没有收录" in refused(text(day="2005年3月1日 修订"))


def test_a_text_without_dates_asks_for_its_edition():
    assert "--edition" in refused(text(day=""))
    assert read_text(text(day="").splitlines(), "1997").edition == "1997"


def test_an_edition_that_contradicts_the_dates_is_refused():
    assert "不符" in refused(
        text(title="中华人民共和国行政处罚法", day="2021年1月22日 修订", count=86), "2017"
    )


def test_a_gap_between_articles_is_refused():
    assert "条文不连续" in refused(text(count=3) + "\n第五条 跳过了第四条。")


def test_part_of_a_text_is_refused():
    assert "应当至少有" in refused(text(title="中华人民共和国行政处罚法", day="2021年1月22日 修订", count=40))


def test_a_text_in_force_later_than_its_edition_is_refused():
    assert "晚于" in refused(text(extra="\n本办法自2003年5月1日起施行。"))


def test_statute_edition_and_paragraphs_are_recognised():
    found = read_text(text().splitlines())
    assert (found.statute, found.edition, len(found.articles)) == ("fs", "1997", LAST)
    assert found.articles[2] == ("本条为测试而虚构。", "本款也是虚构。")


def test_the_last_date_decides_between_two_editions():
    head = "1999年4月29日 通过\n\n2017年9月1日 修正"
    assert (
        read_text(text(title="中华人民共和国行政复议法", day=head, count=95).splitlines()).edition == "2017"
    )
    later = read_text(
        text(title="《中华人民共和国行政复议法》", day=head + "\n\n2023年9月1日 修订", count=95).splitlines()
    )
    assert later.edition == "2023"


def test_a_docx_reads_as_its_paragraphs():
    lines = [line for line in text().splitlines() if not line.startswith("<!--")]
    assert read_text(docx.paragraphs(docx_of([line.lstrip("# ") for line in lines]))) == read_text(
        text().splitlines()
    )


@pytest.mark.parametrize(
    "data",
    [
        b"PK not a zip",
        word('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        word("<w:document"),
        b"",
    ],
)
def test_what_is_no_plain_docx_is_refused(data):
    with pytest.raises(UnreadableText):
        docx.paragraphs(data)


def test_a_body_past_the_limit_is_refused():
    with pytest.raises(UnreadableText, match="过大"):
        docx.paragraphs(word(" " * (docx.LIMIT + 1)))
