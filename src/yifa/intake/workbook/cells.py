"""From a cell to a value: one parser for each kind of column. Dates are Excel dates or text; money becomes 分."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from yifa.intake.workbook.columns import Column
from yifa.ledger.clock import SHANGHAI

COUNT_LIMIT = 2**31 - 1
SIZE_LIMIT = 2**53 - 1
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")
SPACES = re.compile(r"[\t\r\n\u3000 ]+")


class CellError(ValueError):
    """The cell cannot be used. `code` is a problem code, the message says what is wrong and what is allowed."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as read. `fmt` is the number format, which alone tells midnight from a bare date."""

    value: Any
    fmt: str = "General"


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A moment, Asia/Shanghai; `bare` = only the day is known, and it sorts before the moments of that day."""

    at: datetime
    clocked: bool

    @property
    def bare(self) -> bool:
        return not self.clocked

    @property
    def day(self) -> date:
        return self.at.date()


def parse(column: Column, cell: Cell) -> Any:
    """The value of a non-empty cell of this column. Raises CellError."""
    return PARSERS[column.kind](column, cell)


def text(column: Column, cell: Cell) -> str:
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and re.fullmatch("0+", cell.fmt):
        value = str(value).zfill(len(cell.fmt))
    if isinstance(value, bool | datetime | date | timedelta):
        raise CellError("not_text", f"{column.header} 应为文字，不是 {shown(value)}")
    found = SPACES.sub(" ", unicodedata.normalize("NFC", str(value))).strip()
    if any(unicodedata.category(char) in ("Cc", "Cs", "Co") for char in found):
        raise CellError("control_character", f"{column.header} 含有不可见的控制字符")
    if len(found) > column.limit:
        raise CellError("too_long", f"{column.header} 有 {len(found)} 个字，最多 {column.limit} 个")
    return found


def staff_no(column: Column, cell: Cell) -> str:
    """A 工号: no space and none of the signs that separate several of them."""
    found = text(column, cell)
    if re.search(r"[\s、，,;；|/]", found):
        raise CellError("not_a_staff_no", f"{found!r} 不是一个工号；工号里不能有空格和分隔符")
    return found


def slug(column: Column, cell: Cell) -> str:
    found = text(column, cell)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", found):
        raise CellError("not_a_code", f"{found!r} 不是代码；只能用字母、数字、下划线和连字符")
    return found


def day(column: Column, cell: Cell) -> date:
    value = cell.value
    if isinstance(value, datetime):
        if value.time() != datetime.min.time():
            raise CellError("bad_date", f"{column.header} 只要日期，不要时刻：{shown(value)}")
        return within(column, value.date())
    if isinstance(value, date):
        return within(column, value)
    match = DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise CellError("bad_date", f"{shown(value)} 不是日期；允许 Excel 日期或 2021-03-05")
    return within(column, calendar_day(match, "bad_date"))


def calendar_day(match: re.Match[str], code: str) -> date:
    try:
        return date(*(int(part) for part in match.groups()[:3]))
    except ValueError as error:
        raise CellError(code, f"{match.group(0)!r} 不是日历上有的一天") from error


def within(column: Column, found: date) -> date:
    if not EARLIEST <= found <= LATEST:
        raise CellError("bad_date", f"{column.header} {found} 不在 1900 至 2100 年之间")
    return found


def moment(column: Column, cell: Cell) -> Moment:
    value = cell.value
    if isinstance(value, datetime):
        within(column, value.date())
        clocked = value.time() != datetime.min.time() or "h" in cell.fmt.lower()
        return Moment((value + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=SHANGHAI), clocked)
    if isinstance(value, date):
        return Moment(datetime(value.year, value.month, value.day, tzinfo=SHANGHAI), False)
    wrong = CellError(
        "bad_moment", f"{shown(value)} 不是时间；允许 Excel 日期时间、2021-03-05 09:10 或 2021-03-05"
    )
    if not isinstance(value, str):
        raise wrong
    first, _, rest = value.strip().replace("T", " ").partition(" ")
    match = DATE.fullmatch(first)
    clock = CLOCK.fullmatch(rest.strip()) if rest.strip() else None
    if match is None or (rest.strip() and clock is None):
        raise wrong
    found = within(column, calendar_day(match, "bad_moment"))
    at = datetime(found.year, found.month, found.day, tzinfo=SHANGHAI)
    if clock is None:
        return Moment(at, False)
    hour, minute, second = (int(part or 0) for part in clock.groups())
    if hour > 23 or minute > 59 or second > 59:
        raise wrong
    return Moment(at.replace(hour=hour, minute=minute, second=second), True)


def money(column: Column, cell: Cell) -> int:
    """Yuan with at most two decimals, as integer 分."""
    value = cell.value
    if isinstance(value, float):
        value = f"{value:.2f}" if abs(value - round(value, 2)) < 1e-7 else repr(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise CellError("bad_amount", f"{shown(value)} 不是数字")
    if not re.fullmatch(r"\d{1,13}(\.\d{1,2}0*)?", str(value).strip()):
        raise CellError("bad_amount", f"{shown(cell.value)} 应为不小于 0、最多两位小数的数字")
    return int(Decimal(str(value).strip()) * 100)


def whole(limit: int) -> Callable[[Column, Cell], int]:
    def count(column: Column, cell: Cell) -> int:
        value = cell.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, str) and re.fullmatch(r"\s*\d{1,16}\s*", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= limit:
            raise CellError("bad_number", f"{shown(cell.value)} 应为 0 至 {limit} 的整数")
        return value

    return count


def yes_no(column: Column, cell: Cell) -> bool:
    found = {"是": True, "否": False, True: True, False: False}.get(
        cell.value.strip() if isinstance(cell.value, str) else cell.value
    )
    if found is None or (not isinstance(cell.value, bool) and isinstance(cell.value, int | float)):
        raise CellError("bad_choice", f"{shown(cell.value)} 不能识别；允许 是、否")
    return found


def enum(column: Column, cell: Cell) -> str:
    return one_of(column.labels, text(column, cell))


def one_of(labels: dict[str, str], found: str) -> str:
    try:
        return labels[found]
    except KeyError:
        raise CellError("bad_choice", f"{found!r} 不能识别；允许 {'、'.join(labels)}") from None


def split(found: str) -> list[str]:
    return [part for part in (piece.strip() for piece in re.split("[、，,;；]", found)) if part]


def enums(column: Column, cell: Cell) -> list[str]:
    return list(dict.fromkeys(one_of(column.labels, part) for part in split(text(column, cell))))


def persons(column: Column, cell: Cell) -> list[str]:
    return list(dict.fromkeys(split(text(column, cell))))


def data(column: Column, cell: Cell) -> dict[str, Any]:
    raw = str(cell.value)
    if len(raw) > column.limit:
        raise CellError("too_long", f"数据有 {len(raw)} 个字，最多 {column.limit} 个")
    try:
        found = json.loads(
            unicodedata.normalize("NFC", raw), parse_float=refuse_float, object_pairs_hook=no_doubles
        )
    except (ValueError, RecursionError) as error:
        raise CellError("bad_json", f"数据不是 JSON：{str(error).splitlines()[0]}") from error
    if not isinstance(found, dict):
        raise CellError("bad_json", f"数据应为 JSON 对象，不是 {shown(found)}")
    refuse_unwritable(found)
    return found


def refuse_unwritable(value: Any) -> None:
    """A control character (but a new line) or half a character, escaped in JSON, is no more text than in a cell."""
    if isinstance(value, dict):
        for key in value:
            refuse_unwritable(key)
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            refuse_unwritable(item)
    elif isinstance(value, str) and any(
        unicodedata.category(char) in ("Cc", "Cs", "Co") and char != "\n" for char in value
    ):
        raise CellError("control_character", "数据里有不可见的控制字符或者残缺的字符")


def refuse_float(raw: str) -> float:
    raise ValueError(f"{raw} 带小数；数据里的数只能是整数")


def no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("同一个键写了两次")
    return found


def sha256(column: Column, cell: Cell) -> str:
    found = str(cell.value).strip().lower()
    if not re.fullmatch("[0-9a-f]{64}", found):
        raise CellError("bad_sha256", f"{shown(cell.value)} 不是 SHA-256；应为 64 位十六进制")
    return found


def retention(column: Column, cell: Cell) -> str:
    if isinstance(cell.value, str) and cell.value.strip() == "永久":
        return "permanent"
    try:
        days = whole(100_000)(column, cell)
    except CellError as error:
        raise CellError("bad_retention", f"{shown(cell.value)} 不能识别；允许 永久 或者天数") from error
    return str(days)


def shown(value: object) -> str:
    """A value as it may be quoted in a message: short."""
    found = value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else str(value)
    return repr(found if len(found) <= 60 else found[:60] + "…")


PARSERS: dict[str, Callable[[Column, Cell], Any]] = {
    "text": text, "staff_no": staff_no, "slug": slug, "campaign": text, "person": text, "persons": persons, "date": day,
    "moment": moment, "money": money, "hundredths": money, "count": whole(COUNT_LIMIT), "size": whole(SIZE_LIMIT),
    "yes_no": yes_no, "enum": enum, "enums": enums, "json": data, "sha256": sha256, "retention": retention,
}  # fmt: skip
