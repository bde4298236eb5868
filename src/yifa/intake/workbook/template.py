"""The empty workbook: headers, a note on each column, drop-down lists, one greyed 例: row a sheet."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from yifa.intake.workbook.columns import Column, Sheet
from yifa.intake.workbook.gathering import CHOICES_SHEET
from yifa.intake.workbook.sheets import SHEETS

GREY = Font(color="808080", italic=True)
HEADER_FILL = PatternFill("solid", fgColor="D9E2EC")
LAST_ROW = 100_000
KINDS = {
    "text": "文字", "staff_no": "一个工号", "slug": "代码", "campaign": "专项行动的代码", "person": "工号", "persons": "工号，多人用、分隔",
    "date": "日期，如 2021-03-05", "moment": "时间，如 2021-03-05 09:10", "money": "金额，元，最多两位小数",
    "hundredths": "数字，最多两位小数", "count": "整数", "size": "整数", "yes_no": "是 或 否", "enum": "从列表中选一个",
    "enums": "从列表中选，多个用、分隔", "json": "JSON 对象", "sha256": "64 位十六进制", "retention": "永久，或者天数",
}  # fmt: skip


def write_template(path: Path) -> None:
    """Write the template. Raises OSError where the file cannot be written."""
    book = Workbook()
    book.remove(book.active)
    choices = book.create_sheet(CHOICES_SHEET)
    lists: dict[tuple[str, ...], str] = {}
    for place, sheet in enumerate(SHEETS):
        write_sheet(book.create_sheet(sheet.name, place), sheet, choices, lists)
    choices.sheet_state = "veryHidden"
    book.active = 0
    book.save(path)


def write_sheet(page: Worksheet, sheet: Sheet, choices: Worksheet, lists: dict[tuple[str, ...], str]) -> None:
    page.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        header = page.cell(1, place, column.header + ("*" if column.required else ""))
        header.font, header.fill = Font(bold=True), HEADER_FILL
        header.comment = Comment(note_of(column), "依法", width=260, height=110)
        page.column_dimensions[letter].width = max(12, 2 * len(column.header) + 4)
        sample = page.cell(2, place, f"例:{column.sample}" if place == 1 else column.sample or None)
        sample.font, sample.alignment = GREY, Alignment(horizontal="left")
        options = (
            ("是", "否") if column.kind == "yes_no" else tuple(column.labels) if column.kind == "enum" else ()
        )
        if options:
            rule = DataValidation(type="list", formula1=list_of(options, choices, lists), allow_blank=True)
            rule.error, rule.errorTitle = "请从列表中选择", column.header
            rule.add(f"{letter}3:{letter}{LAST_ROW}")
            page.add_data_validation(rule)


def list_of(options: tuple[str, ...], choices: Worksheet, lists: dict[tuple[str, ...], str]) -> str:
    """A list in the hidden sheet: inline lists end at 255 characters, and 环节 has more."""
    if options not in lists:
        place = len(lists) + 1
        for row, option in enumerate(options, start=1):
            choices.cell(row, place, option)
        letter = get_column_letter(place)
        lists[options] = f"'{CHOICES_SHEET}'!${letter}$1:${letter}${len(options)}"
    return lists[options]


def note_of(column: Column) -> str:
    parts = ["必填" if column.required else "可空", KINDS[column.kind]]
    if column.natural:
        parts.append("用来识别这一行，不可重复")
    if column.kind in ("enum", "enums") and len(column.labels) <= 16:
        parts.append("允许：" + "、".join(column.labels))
    if column.note:
        parts.append(column.note)
    return "；".join(parts)
