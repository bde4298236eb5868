"""Statute texts are recognised or refused, never guessed. The texts here are invented."""

import io
import zipfile
from datetime import date

import pytest

from yifa.law.sources import (
    Article,
    Edition,
    Statute,
    UnknownArticle,
    UnreadableText,
    chinese_number,
    docx,
    resolve,
)
from yifa.law.sources.statutes import all_statutes
from yifa.law.sources.text import date_in_name, read_text

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
    assert "应当有86条" in refused(text(title="中华人民共和国行政处罚法", day="2021年1月22日 修订", count=40))


def test_a_text_in_force_later_than_its_edition_is_refused():
    assert "晚于" in refused(text(extra="\n本办法自2003年5月1日起施行。"))


def test_statute_edition_and_paragraphs_are_recognised():
    found = read_text(text().splitlines())
    assert (found.statute, found.edition, len(found.articles)) == ("fs", "1997", LAST)
    assert found.articles[2] == ("本条为测试而虚构。", "本款也是虚构。")


def test_the_last_date_decides_between_two_editions():
    head = "1999年4月29日 通过\n\n2017年9月1日 修正"
    assert (
        read_text(text(title="中华人民共和国行政复议法", day=head, count=43).splitlines()).edition == "2017"
    )
    later = read_text(
        text(title="《中华人民共和国行政复议法》", day=head + "\n\n2023年9月1日 修订", count=90).splitlines()
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


def test_another_number_of_articles_than_the_edition_has_is_refused():
    assert "应当有17条" in refused(text(count=18))


def test_the_date_in_the_file_name_counts_where_the_head_leaves_the_last_amendment_out():
    old = text(title="城市绿化条例", day="2011年1月8日 第一次修订", count=33)
    assert "没有收录2011-01-08" in refused(old)
    named_on = date_in_name("城市绿化条例(2017-03-01).md")
    found = read_text(old.splitlines(), named_on=named_on)
    assert (found.statute, found.edition, len(found.articles)) == ("greening", "2017", 33)


@pytest.mark.parametrize("name", ["城市绿化条例.md", "2017-03-01.md", "城市绿化条例(2017-02-30).md"])
def test_a_file_name_without_such_a_date_says_nothing(name: str):
    assert date_in_name(name) is None


WHOLE = [(one, edition) for one in all_statutes().values() for edition in one.editions if edition.articles]


@pytest.mark.parametrize(("whole", "edition"), WHOLE, ids=lambda part: part.key)
def test_every_edition_of_known_length_is_recognised(whole: Statute, edition: Edition):
    first = f"{edition.valid_from.year}年{edition.valid_from.month}月{edition.valid_from.day}日 施行"
    found = read_text(text(title=whole.name, day=first, count=edition.articles).splitlines())
    assert (found.statute, found.edition) == (whole.key, edition.key)


def test_an_article_without_a_summary_can_still_be_cited_and_shown():
    found = resolve("大气污染防治法第一百一十五条第一款", on=date(2024, 5, 6))
    assert isinstance(found, Article) and (found.number, found.summary) == (115, "")


def test_an_article_beyond_the_end_is_not_known():
    with pytest.raises(UnknownArticle):
        resolve("大气污染防治法第一百三十条", on=date(2024, 5, 6))
