"""What a cell may hold: refusals first."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from yifa.intake.workbook.cells import Cell, CellError, parse
from yifa.intake.workbook.columns import Column

D, M, Y = Column("日期", "on", "date"), Column("时间", "at", "moment"), Column("罚款(元)", "fine", "money")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (D, "2021-02-30", "bad_date"), (D, "去年", "bad_date"), (D, 44260, "bad_date"), (D, "21-3-5", "bad_date"),
        (D, datetime.fromisoformat("2021-03-05 09:00"), "bad_date"), (D, "1021-03-05", "bad_date"),
        (M, "2021-03-05 25:00", "bad_moment"), (M, "2021-03-05 9点", "bad_moment"), (M, 1.5, "bad_moment"),
        (Y, "一百", "bad_amount"), (Y, 1.234, "bad_amount"), (Y, -1, "bad_amount"), (Y, "NaN", "bad_amount"),
        (Y, "1e999", "bad_amount"), (Y, True, "bad_amount"), (Y, "9e999999", "bad_amount"), (Y, "1_0", "bad_amount"),
        (Column("工号", "s", "staff_no"), "0201、0202", "not_a_staff_no"),
        (Column("数据", "d", "json"), '{"a":["\\ud800"]}', "control_character"),
        (Column("数据", "d", "json"), '{"a":{"b":"x\\u0000"}}', "control_character"),
        (Column("人次", "n", "count"), 1.5, "bad_number"), (Column("人次", "n", "count"), 2**40, "bad_number"),
        (Column("程序", "p", "enum", labels={"普通": "ordinary"}), "特别", "bad_choice"),
        (Column("初次违法", "f", "yes_no"), "也许", "bad_choice"), (Column("初次违法", "f", "yes_no"), 1, "bad_choice"),
        (Column("数据", "d", "json"), "{", "bad_json"), (Column("数据", "d", "json"), "[1]", "bad_json"),
        (Column("数据", "d", "json"), '{"a":1.5}', "bad_json"), (Column("数据", "d", "json"), '{"a":1,"a":2}', "bad_json"),
        (Column("姓名", "n", limit=3), "四个字符呀", "too_long"), (Column("姓名", "n"), "a\x07b", "control_character"),
        (Column("代码", "c", "slug"), "垃圾 分类", "not_a_code"), (Column("SHA256", "s", "sha256"), "abc", "bad_sha256"),
        (Column("保存期限", "r", "retention"), "很久", "bad_retention"),
    ],
)  # fmt: skip
def test_a_malformed_cell_is_refused(column, value, code):
    with pytest.raises(CellError) as refused:
        parse(column, Cell(value))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "value",
    ["2021-03-05", "2021/3/5", "2021年3月5日", datetime.fromisoformat("2021-03-05"), date(2021, 3, 5)],
)
def test_a_date_is_read_from_excel_or_text(value):
    assert parse(D, Cell(value)) == date(2021, 3, 5)


def test_a_bare_date_sorts_before_the_moments_of_its_day():
    bare, midnight = parse(M, Cell("2021-03-05")), parse(M, Cell("2021-03-05 00:00"))
    assert bare.bare and not midnight.bare and bare < midnight < parse(M, Cell("2021-03-05 09:10"))


def test_the_number_format_tells_midnight_from_a_bare_date():
    assert parse(M, Cell(datetime.fromisoformat("2021-03-05"), "yyyy-mm-dd")).bare
    assert not parse(M, Cell(datetime.fromisoformat("2021-03-05"), "yyyy-mm-dd hh:mm")).bare


@pytest.mark.parametrize(
    ("value", "fen"), [(500, 50000), (500.5, 50050), (0.29, 29), ("0.07", 7), (0.1 + 0.2, 30)]
)
def test_yuan_become_fen(value, fen):
    assert parse(Y, Cell(value)) == fen


def test_a_staff_number_keeps_its_leading_zeros():
    assert parse(Column("工号", "staff_no"), Cell(101, "0000")) == "0101"
