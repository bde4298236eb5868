"""One pass over the workbook: every usable row, kept small, and every problem that a row shows by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from yifa.intake.workbook.acts import ActReader
from yifa.intake.workbook.archive import NotAWorkbook, check_archive
from yifa.intake.workbook.heads import read_head
from yifa.intake.workbook.order import check_row
from yifa.intake.workbook.problems import Problems
from yifa.intake.workbook.reader import Known, Row, SheetReader
from yifa.intake.workbook.registers import MODELS
from yifa.intake.workbook.sheets import BY_NAME, SHEETS
from yifa.law.packs import Pack

CHOICES_SHEET = "选项"


@dataclass(slots=True)
class CaseRows:
    """What the workbook says of one case. Acts are packed JSON: [moment, clocked, ordinal, row, event, filled]."""

    head: dict[str, Any] | None = None
    head_row: int = 0
    town: str | None = None
    acts: list[bytes] = field(default_factory=list)
    postings: list[Row] = field(default_factory=list)
    disputes: list[Row] = field(default_factory=list)
    recordings: list[Row] = field(default_factory=list)


@dataclass
class Gathered:
    """The workbook as read."""

    problems: Problems
    readers: dict[str, SheetReader] = field(default_factory=dict)
    registers: dict[str, list[Row]] = field(default_factory=dict)
    cases: dict[str, CaseRows] = field(default_factory=dict)
    unusable_cases: set[str] = field(default_factory=set)

    def case(self, number: str) -> CaseRows:
        return self.cases.setdefault(number, CaseRows())


def gather(path: Path, known: Known, pack: Pack, territory: str) -> Gathered:
    """Read the whole workbook once. Raises NotAWorkbook."""
    check_archive(path)
    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it raise
        raise NotAWorkbook(f"{path}：不能作为 .xlsx 打开（{type(error).__name__}）") from error
    try:
        found = Gathered(Problems())
        for sheet, worksheet in known_sheets(book, found.problems):
            reader = found.readers[sheet] = SheetReader(BY_NAME[sheet], known, found.problems)
            rows = reader.rows(Worksheet(path, sheet, worksheet))
            take_sheet(sheet, reader, rows, found, pack, territory)
        return found
    finally:
        book.close()


def known_sheets(book: Any, problems: Problems) -> Iterator[tuple[str, Any]]:
    """Worksheets in the order of sheets.py: people and campaigns before the sheets that refer to them."""
    worksheets = {worksheet.title.strip(): worksheet for worksheet in book.worksheets}
    for title in (sheet.strip() for sheet in book.sheetnames):
        if title not in BY_NAME and title != CHOICES_SHEET:
            problems.add(title, "A1", "unknown_sheet", f"没有表 {title!r}；允许 {'、'.join(BY_NAME)}")
    for sheet in SHEETS:
        if sheet.name in worksheets:
            yield sheet.name, worksheets[sheet.name]


class Worksheet:
    """A sheet whose part may break while it streams: then the file is no workbook. Faults of our own stay faults."""

    def __init__(self, path: Path, name: str, worksheet: Any) -> None:
        self.path, self.name, self.worksheet = path, name, worksheet

    def reset_dimensions(self) -> None:
        self.worksheet.reset_dimensions()

    def iter_rows(self) -> Iterator[Any]:
        rows = self.worksheet.iter_rows()
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except Exception as error:  # noqa: BLE001 - zip, XML and openpyxl errors of a damaged part
                kind = type(error).__name__
                raise NotAWorkbook(f"{self.path}：表 {self.name} 已损坏（{kind}）") from error
            yield row


def take_sheet(
    sheet: str, reader: SheetReader, rows: Iterator[Row], found: Gathered, pack: Pack, territory: str
) -> None:
    acts = ActReader(reader)
    for row in rows:
        check_row(sheet, row, reader)
        if sheet == "人员":
            reader.known.people.add(row.values["staff_no"])
        elif sheet == "专项行动":
            reader.known.campaigns.add(row.values["code"])
        if sheet in MODELS:
            found.registers.setdefault(sheet, []).append(row)
        if sheet == "案件":
            take_head(row, reader, found, pack, territory)
        elif sheet == "办案记录":
            take_act(row, acts, found)
        elif sheet == "公示报送":
            found.case(row.values["number"]).postings.append(row)
        elif sheet == "复议诉讼":
            found.case(row.values["number"]).disputes.append(row)
        elif sheet == "执法记录" and row.get("case_number"):
            found.case(row.values["case_number"]).recordings.append(row)


def take_head(row: Row, reader: SheetReader, found: Gathered, pack: Pack, territory: str) -> None:
    number = row.values["number"]
    head = read_head(row, reader, pack, territory)
    required = (
        "procedure",
        "matter",
        "party_kind",
        "party_name",
        "place",
        "town",
        "began_on",
        "discovered_on",
    )
    if head is None or any(key not in row.values for key in required):
        found.unusable_cases.add(number)
        return
    case = found.case(number)
    case.head, case.head_row, case.town = head, row.number, row.get("town")


def take_act(row: Row, reader: ActReader, found: Gathered) -> None:
    case = found.case(row.values["number"])
    read = reader.read(row)
    if read is not None:
        event, filled = read
        at = row.values["at"]
        packed = [at.at.isoformat(), at.clocked, row.values["ordinal"], row.number, event, filled]
        case.acts.append(json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode())
