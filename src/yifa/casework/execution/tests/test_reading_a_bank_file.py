"""A bank file is read exactly or not at all; every fault names line, column and remedy."""

from __future__ import annotations

from datetime import date

import pytest

from yifa.casework.execution.bank_file import BankFile, read

TODAY = date(2021, 9, 20)
HEAD = "决定书文号,金额,日期,流水号"
GOOD = "津示城管罚决字〔2021〕第001号,200,2021-09-10,A001"


def reading(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> BankFile:
    return read("\n".join([head, *rows]).encode(encoding), TODAY)


def faults(*rows: str) -> list[tuple[int, str, str]]:
    found = reading(*rows)
    assert found.rows == [] and all(one.remedy for one in found.faults)
    return [(one.line, one.column, one.message) for one in found.faults]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", "没有填写金额"), ("二百", "不是能读懂的金额"), ("1.234", "不是能读懂的金额"), ("1e3", "不是能读懂的金额"),
        ("￥200", "不是能读懂的金额"), ("200元", "不是能读懂的金额"), ("-200", "是负数"), ("0", "是零"), ("0.00", "是零"),
        ('"12,34"', "不是能读懂的金额"), ('"1,2345"', "不是能读懂的金额"), ("２００", "不是能读懂的金额"),
    ],
)  # fmt: skip
def test_an_amount_that_can_be_misread_is_refused(cell, said):
    [(line, column, message)] = faults(f"号,{cell},2021-09-10,A001")
    assert (line, column) == (2, "金额") and said in message


@pytest.mark.parametrize(
    ("cell", "said"),
    [("", "不是日期"), ("2021-02-30", "没有"), ("10/09/2021", "不是日期"), ("2021-09-21", "晚于今天")],
)
def test_a_day_that_is_none_or_to_come_is_refused(cell, said):
    [(line, column, message)] = faults(f"号,200,{cell},A001")
    assert (line, column) == (2, "日期") and said in message


def test_a_serial_spoiled_by_a_spreadsheet_is_refused():
    [(_, column, message)] = faults("号,200,2021-09-10,1.23457E+17")
    assert column == "流水号" and "科学计数" in message


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", " =1+1", '"=HYPERLINK(""x"")"'])
@pytest.mark.parametrize("place", range(4))
def test_a_formula_is_refused_in_every_column_with_line_and_remedy(cell, place):
    cells = ["号", "200", "2021-09-10", "A001"]
    cells[place] = cell
    [(line, column, message)] = faults(GOOD, ",".join(cells))
    assert (line, column) == (3, HEAD.split(",")[place]) and message


def test_an_unquoted_thousands_separator_is_named_as_such():
    found = reading("号,1,234.00,2021-09-10,A001")
    assert found.faults[0].message.startswith("这一行有 5 格") and "千位逗号" in found.faults[0].remedy


def test_every_fault_of_every_line_is_told_at_once():
    assert [(line, column) for line, column, _ in faults("号,x,昨天,A1", GOOD, ",200,2021-09-10,")] == [
        (2, "金额"), (2, "日期"), (4, "决定书文号"), (4, "流水号"),
    ]  # fmt: skip


def test_the_same_serial_with_other_contents_is_refused_and_with_the_same_counted_once():
    assert "第 2 行" in faults(GOOD, GOOD.replace("200", "300"))[0][2]
    assert len(reading(GOOD, GOOD).rows) == 1


@pytest.mark.parametrize("head", ["文号,金额,日期,流水号", "金额,决定书文号,日期,流水号", f"{HEAD},备注", ""])
def test_other_columns_or_another_order_are_refused(head):
    found = reading(GOOD, head=head)
    assert found.rows == [] and "第一行应为" in found.faults[0].message


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", HEAD.encode(), HEAD.encode() + b'\n"x,200,2021-09-10,A1']
)
def test_what_is_no_such_file_is_refused(body):
    found = read(body, TODAY)
    assert found.rows == [] and len(found.faults) == 1


def test_a_file_too_large_or_too_long_is_refused():
    assert "1 MB" in read(b"x" * 1_000_001, TODAY).faults[0].message
    assert "2000" in reading(*[GOOD.replace("A001", f"A{i}") for i in range(2001)]).faults[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_three_encodings_are_read_alike(encoding):
    [row] = reading(GOOD, encoding=encoding).rows
    assert (row.line, row.amount_fen, row.paid_on, row.serial) == (2, 20000, date(2021, 9, 10), "A001")
    assert row.number == "津示城管罚决字〔2021〕第001号"


@pytest.mark.parametrize(
    ("cell", "fen"),
    [("200", 20000), ("200.5", 20050), ("0.01", 1), ('"1,234.00"', 123400), ('"12,345,678"', 1234567800)],
)
def test_amounts_are_read_to_the_fen(cell, fen):
    [row] = reading(f"号,{cell},2021-09-10,A001").rows
    assert row.amount_fen == fen and bool(row.read_as) == ("," in cell)


def test_numbers_and_days_as_banks_write_them():
    found = reading("津示城管罚决字[2021]第 001 号,200,2021/9/10,A 001", "号,1,20210910,A2", "")
    assert [row.number for row in found.rows] == ["津示城管罚决字〔2021〕第001号", "号"]
    assert {row.paid_on for row in found.rows} == {date(2021, 9, 10)}


def test_lines_are_counted_as_in_the_file():
    found = reading("", '"号",200,2021-09-10,A1', "", "号,x,2021-09-10,A2")
    assert found.faults[0].line == 5
