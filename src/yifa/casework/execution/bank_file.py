"""Reading a bank file: four columns, every line checked, every fault with its line, its column and what to do.

docs/spec/bank-file.md. Nothing is guessed: a file with one fault is not taken in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_noop

from yifa.casework.cases.forms.typed import case_number, half_width
from yifa.listing.exports import FORMULA

COLUMNS = NUMBER, AMOUNT, DAY, SERIAL = ("决定书文号", "金额", "日期", "流水号")
HEAD = ",".join(COLUMNS)
LARGEST, MOST_ROWS = 1_000_000, 2_000
PLAIN = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")
GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3}){1,3}(\.[0-9]{1,2})?")
DAYS = re.compile(r"([0-9]{4})([-/]?)([0-9]{1,2})\2([0-9]{1,2})")
SCIENTIFIC = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")
ENCODINGS = ("utf-8-sig", "gb18030")
SAVE_AS = gettext_noop("请用银行导出的原文件，或者另存为 CSV（UTF-8）后重新上传。")


@dataclass(frozen=True)
class Row:
    """One payment as read. `read_as`: how an amount with thousands separators was understood."""

    line: int
    number: str
    amount_fen: int
    paid_on: date
    serial: str
    read_as: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line and column (empty: the whole line or file), and what to do."""

    line: int
    column: str
    message: str
    remedy: str


class Bad(ValueError):
    """One cell that cannot stand."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message)


@dataclass(frozen=True)
class BankFile:
    """Rows in the order of the file, or the faults for which it is not taken in."""

    rows: list[Row]
    faults: list[Fault]


def read(body: bytes, today: date) -> BankFile:
    """The file understood as of a day: no payment is later than it."""
    if len(body) > LARGEST:
        return refused(gettext("文件超过 1 MB"), gettext("请按日期分成几个文件上传。"))
    text = decoded(body)
    if text is None:
        return refused(gettext("文件不是 UTF-8，也不是 GB18030 编码"), gettext(SAVE_AS))
    try:
        cells = [(line, row) for line, row in lines(text) if any(cell.strip() for cell in row)]
    except csv.Error:
        return refused(gettext("引号没有配对，不能分出列"), gettext(SAVE_AS))
    if not cells or [cell.strip() for cell in cells[0][1]] != list(COLUMNS):
        found = "、".join(cell.strip()[:20] for cell in cells[0][1][:8]) if cells else gettext("空文件")
        said = gettext("第一行应为 %(head)s，现在是：%(found)s") % {
            "head": "、".join(COLUMNS),
            "found": found,
        }
        line = cells[0][0] if cells else 1
        return BankFile([], [Fault(line, "", said, gettext("请按这四列、这个顺序改好第一行。"))])
    return rows_of(cells[1:], today)


def refused(message: str, remedy: str) -> BankFile:
    return BankFile([], [Fault(0, "", message, remedy)])


def decoded(body: bytes) -> str | None:
    """The text of the file; None where it is neither encoding, or holds bytes no text has."""
    for name in ENCODINGS:
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text.removeprefix("\ufeff")
    return None


def lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cells with the number of the line they begin on."""
    reader, begun = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    for row in reader:
        yield begun, row
        begun = reader.line_num + 1


def rows_of(cells: list[tuple[int, list[str]]], today: date) -> BankFile:
    if not cells:
        return refused(gettext("文件只有标题，没有缴款"), gettext("请核对导出的日期范围。"))
    if len(cells) > MOST_ROWS:
        said = gettext("有 %(count)s 行，一次最多 %(most)s 行") % {"count": len(cells), "most": MOST_ROWS}
        return refused(said, gettext("请按日期分成几个文件上传。"))
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[str, Row] = {}
    for line, row in cells:
        made = row_of(line, row, today, faults)
        if made is None:
            continue
        earlier = seen.setdefault(made.serial, made)
        if earlier is made:
            rows.append(made)
        elif (earlier.number, earlier.amount_fen, earlier.paid_on) != (
            made.number,
            made.amount_fen,
            made.paid_on,
        ):
            said = gettext("流水号与第 %(line)s 行相同，内容不同") % {"line": earlier.line}
            faults.append(Fault(line, SERIAL, said, gettext("请向银行核对这两笔，流水号不能重复。")))
    return BankFile([] if faults else rows, faults)


def row_of(line: int, cells: list[str], today: date, faults: list[Fault]) -> Row | None:
    """The row, or None with its faults added."""
    if len(cells) != len(COLUMNS):
        said = gettext("这一行有 %(count)s 格，应为 4 格") % {"count": len(cells)}
        remedy = gettext("金额里的千位逗号请去掉，或者给金额加上引号；其他列不能有逗号。")
        faults.append(Fault(line, "", said, remedy))
        return None
    found, before = {}, len(faults)
    for column, cell in zip(COLUMNS, cells, strict=True):
        try:
            found[column] = READERS[column](cell.strip())
        except Bad as bad:
            faults.append(Fault(line, column, bad.message, bad.remedy))
    if DAY in found and found[DAY] > today:
        said = gettext("日期 %(day)s 晚于今天") % {"day": found[DAY].isoformat()}
        faults.append(Fault(line, DAY, said, gettext("请核对缴款日期。")))
    if len(faults) > before:
        return None
    fen, read_as = found[AMOUNT]
    return Row(line, found[NUMBER], fen, found[DAY], found[SERIAL], read_as)


def number_of(text: str) -> str:
    number = case_number(text)
    if not number:
        raise Bad(gettext("没有填写文号"), gettext("请按缴款通知填写决定书文号。"))
    refuse_formula(number)
    if len(number) > 100:
        raise Bad(gettext("文号超过 100 字"), gettext("请核对这一格是不是文号。"))
    return number


def amount_of(text: str) -> tuple[int, str]:
    """(分, how it was read where that had to be said)."""
    shown = text[:30]
    if not text:
        raise Bad(gettext("没有填写金额"), gettext("请填写元，可以写到分，例如 200 或者 200.50。"))
    if GROUPED.fullmatch(text):
        fen = fen_of(text.replace(",", ""))
        return positive(fen, shown), gettext("%(text)s 读作 %(yuan)s 元") % {"text": text, "yuan": plain(fen)}
    if PLAIN.fullmatch(text):
        return positive(fen_of(text), shown), ""
    if text.startswith("-"):
        said = gettext("金额 %(text)s 是负数") % {"text": shown}
        raise Bad(said, gettext("冲正、退款不能用缴款文件导入，请从文件中去掉，另行核对。"))
    said = gettext("“%(text)s”不是能读懂的金额") % {"text": shown}
    raise Bad(said, gettext("只写数字，最多两位小数；千位逗号要么去掉，要么每三位一个，例如 1,234.00。"))


def fen_of(text: str) -> int:
    yuan, _, rest = text.partition(".")
    return int(yuan) * 100 + int(rest.ljust(2, "0") or 0)


def plain(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}".removesuffix(".00")


def positive(fen: int, shown: str) -> int:
    if fen:
        return fen
    raise Bad(gettext("金额 %(text)s 是零") % {"text": shown}, gettext("没有缴款的，请去掉这一行。"))


def day_of(text: str) -> date:
    found = DAYS.fullmatch(half_width(text))
    try:
        if found:
            return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        said = gettext("没有 %(text)s 这一天") % {"text": text[:30]}
        raise Bad(said, gettext("请核对缴款日期。")) from None
    said = gettext("“%(text)s”不是日期") % {"text": text[:30]}
    raise Bad(said, gettext("请写成 2026-11-23 的样子。"))


def serial_of(text: str) -> str:
    serial = half_width(text)
    if not serial:
        raise Bad(gettext("没有填写流水号"), gettext("流水号用来辨认每一笔缴款，请按银行回单填写。"))
    refuse_formula(serial)
    if SCIENTIFIC.fullmatch(serial):
        said = gettext("流水号 %(text)s 被表格软件改成了科学计数，后几位已经丢失") % {"text": serial[:30]}
        raise Bad(said, gettext("请用银行导出的原文件，不要用表格软件打开后保存。"))
    if len(serial) > 64 or not serial.isprintable():
        raise Bad(gettext("流水号太长，或者有看不见的字符"), gettext("请按银行回单填写，最多 64 个字符。"))
    return serial


def refuse_formula(text: str) -> None:
    """No bank writes a cell a spreadsheet would reckon with. Amounts and days have their own, narrower, spelling."""
    if text.startswith(FORMULA):
        said = gettext("“%(text)s”以 %(sign)s 开头，会被表格软件当作公式") % {
            "text": text[:30],
            "sign": text[0],
        }
        raise Bad(said, gettext("请用银行导出的原文件，或者去掉开头的符号，按银行回单填写。"))


READERS = {NUMBER: number_of, AMOUNT: amount_of, DAY: day_of, SERIAL: serial_of}
