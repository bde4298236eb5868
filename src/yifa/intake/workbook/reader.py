"""Streaming the rows of a sheet: headers in any order, blank rows and 例: rows skipped, every bad cell named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from yifa.intake.workbook.cells import Cell, CellError, parse, shown
from yifa.intake.workbook.columns import Column, Sheet
from yifa.intake.workbook.problems import Problems

SAMPLE_MARKS = ("例:", "例：")
PERSON_KINDS = ("person", "persons")


@dataclass(frozen=True)
class Known:
    """Codes a cell may refer to. The sets grow while 人员 and 专项行动 are read, before the sheets that refer to them."""

    people: set[str]
    campaigns: set[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number on the sheet, and the values of its non-empty cells by column key."""

    number: int
    values: dict[str, Any]

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)


class SheetReader:
    """Reads one sheet; `letters` says where a column stands once the header has been seen."""

    def __init__(self, sheet: Sheet, known: Known, problems: Problems) -> None:
        self.sheet, self.known, self.problems = sheet, known, problems
        self.letters: dict[str, str] = {}
        self.columns: dict[int, Column] = {}
        self.seen: set[tuple[Any, ...]] = set()

    def cell(self, row: int, key: str) -> str:
        """Coordinate of a column in a row; the row alone where the sheet lacks the column."""
        return f"{self.letters.get(key, '')}{row}"

    def complain(self, row: int, key: str, code: str, message: str) -> None:
        self.problems.add(self.sheet.name, self.cell(row, key), code, message)

    def rows(self, worksheet: Any) -> Iterator[Row]:
        """Usable rows. A row with a bad cell is named in the problems and, where its key can be read, still yielded."""
        worksheet.reset_dimensions()
        stream = worksheet.iter_rows()
        self.read_header(next(iter(stream), ()))
        complained: set[int] = set()
        started = False
        for number, cells in enumerate(stream, start=2):
            if all(cell.value is None for cell in cells) or self.is_sample(cells):
                continue
            if not started:
                started = True
                self.require_headers()
            row = self.read_row(number, cells, complained)
            if row is not None:
                yield row

    def is_sample(self, cells: Iterable[Any]) -> bool:
        first = next((cell.value for cell in cells), None)
        return isinstance(first, str) and first.lstrip().startswith(SAMPLE_MARKS)

    def read_header(self, cells: Iterable[Any]) -> None:
        for place, cell in enumerate(cells):
            if cell.value is None or not str(cell.value).strip():
                continue
            raw = str(cell.value).strip()
            header = raw.replace("（", "(").replace("）", ")").rstrip("*＊").strip()
            letter = get_column_letter(place + 1)
            column = self.sheet.by_header.get(header)
            if column is None:
                allowed = "、".join(self.sheet.by_header)
                self.problems.add(
                    self.sheet.name, f"{letter}1", "unknown_header", f"没有列 {shown(raw)}；允许 {allowed}"
                )
            elif column.key in self.letters:
                self.problems.add(
                    self.sheet.name, f"{letter}1", "duplicate_header", f"列 {header} 出现了两次"
                )
            else:
                self.letters[column.key] = letter
                self.columns[place] = column

    def require_headers(self) -> None:
        for column in self.sheet.columns:
            if column.required and column.key not in self.letters:
                self.problems.add(self.sheet.name, "1", "missing_header", f"缺少必填的列 {column.header}")

    def read_row(self, number: int, cells: Iterable[Any], complained: set[int]) -> Row | None:
        values: dict[str, Any] = {}
        filled: set[str] = set()
        for place, cell in enumerate(cells):
            if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
                continue
            column = self.columns.get(place)
            if column is None:
                self.complain_stray(number, place, complained)
                continue
            filled.add(column.key)
            self.read_cell(number, column, cell, values)
        if not filled:
            return None
        for column in self.sheet.columns:
            if column.required and column.key in self.letters and column.key not in filled:
                self.complain(number, column.key, "required", f"{column.header} 没有填写")
        return self.keyed(number, values)

    def complain_stray(self, number: int, place: int, complained: set[int]) -> None:
        if place not in complained:
            complained.add(place)
            letter = get_column_letter(place + 1)
            self.problems.add(
                self.sheet.name, f"{letter}{number}", "no_header", "该格有内容，但是这一列没有可用的列名"
            )

    def read_cell(self, number: int, column: Column, cell: Any, values: dict[str, Any]) -> None:
        if cell.data_type == "f":
            self.complain(number, column.key, "formula", f"{column.header} 是公式；只允许值")
            return
        if cell.data_type == "e":
            self.complain(number, column.key, "error_value", f"{column.header} 是错误值 {shown(cell.value)}")
            return
        try:
            value = parse(column, Cell(cell.value, cell.number_format or "General"))
        except CellError as error:
            self.complain(number, column.key, error.code, str(error))
            return
        values[column.key] = value
        self.check_reference(number, column, value)

    def check_reference(self, number: int, column: Column, value: Any) -> None:
        if column.kind in PERSON_KINDS:
            missing = [
                one for one in ([value] if column.kind == "person" else value) if one not in self.known.people
            ]
            if missing:
                self.complain(
                    number, column.key, "unknown_person", f"{column.header}：没有工号 {'、'.join(missing)}"
                )
        elif column.kind == "campaign" and value not in self.known.campaigns:
            allowed = "、".join(sorted(self.known.campaigns)[:20]) or "（还没有登记）"
            self.complain(
                number, column.key, "unknown_campaign", f"没有专项行动 {shown(value)}；现有 {allowed}"
            )

    def keyed(self, number: int, values: dict[str, Any]) -> Row | None:
        """The row, unless its natural key is incomplete or was on the sheet before."""
        natural = self.sheet.natural
        if any(key not in values for key in natural):
            return None
        identity = tuple(values[key] for key in natural)
        if identity in self.seen:
            found = "、".join(str(part) for part in identity)
            self.complain(
                number, natural[0], "duplicate", f"{self.sheet.headers(natural)} {found} 在本表中已经有一行"
            )
            return None
        self.seen.add(identity)
        return Row(number, values)
