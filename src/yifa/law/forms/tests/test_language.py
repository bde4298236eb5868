"""The language of texts: what it refuses and says about it, and that text is never anything but text."""

import pytest

from yifa.law.forms.composing import compose
from yifa.law.forms.definitions import columns
from yifa.law.forms.language import TextWrong, parse


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("当事人：{当事人的名字}", 1, "没有名为“当事人的名字”的字段"),
        ("一\n\n当事人：{当事人", 3, "花括号“{”没有配对"),
        ("一\n当事人：当事人}", 2, "花括号“}”没有配对"),
        ("{表格 当事人}", 1, "不是表格字段"),
        ("{表格 证据}如下", 1, "单独占一行"),
        ("证据：{证据}", 1, "是表格字段"),
        ("住址{如有 住址}", 1, "只能写在一行的开头"),
        ("{如有 住址}", 1, "没有内容"),
        ("| 一 | 二 | 三 |", 1, "2 格或者 4 格"),
        ("", 1, "模板是空的"),
        ("{逐项 证据}{名称}", 1, "没有名为“名称”的字段"),
        ("{#import}", 1, "没有名为"),
        ("{当事人.__class__}", 1, "没有名为"),
    ],
)
def test_a_wrong_text_is_refused_with_its_line(text, line, words):
    with pytest.raises(TextWrong) as caught:
        parse(text, columns())
    assert caught.value.problems[0][0] == line
    assert words in caught.value.problems[0][1]


def test_every_wrong_line_is_named_at_once():
    with pytest.raises(TextWrong) as caught:
        parse("{甲}\n好\n{乙}", columns())
    assert [line for line, _ in caught.value.problems] == [1, 3]


def test_a_line_about_an_empty_field_is_left_out():
    lines = parse("{如有 住址}住址：{住址}\n完", columns())
    assert compose(lines, {}) == [{"kind": "paragraph", "text": "完"}]
    assert compose(lines, {"住址": "甲路1号"})[0]["text"] == "住址：甲路1号"


def test_rows_become_lines_and_tables():
    lines = parse("{逐项 证据}{序号}．{证据种类}（{证明目的}）\n{表格 证据}", columns())
    rows = [["照片", "1", "占道", "2021-08-02"], ["笔录", "2", "占道", "2021-08-03"]]
    blocks = compose(lines, {"证据": rows})
    assert [block.get("text") for block in blocks[:2]] == ["1．照片（占道）", "2．笔录（占道）"]
    assert blocks[2]["rows"][1] == ["2", "笔录", "2", "占道", "2021-08-03"]


def test_braces_in_a_value_are_text():
    lines = parse("{当事人}", columns())
    assert compose(lines, {"当事人": "{住址}#sys"})[0]["text"] == "{住址}#sys"


def test_a_field_without_a_value_leaves_a_blank_or_nothing():
    assert compose(parse("甲{住址}乙", columns()), {})[0]["text"] == "甲________乙"
    assert compose(parse("甲{住址？}乙", columns()), {})[0]["text"] == "甲乙"
