"""Between the values of a paper and the controls of its form: what was typed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext

from yifa.law.forms.composing import empty
from yifa.law.forms.definitions import Field
from yifa.ledger.written import written_day, written_moment

KINDS = {"date": "date", "moment": "datetime-local"}
LONGEST = 8000
HINT_ROWS = "每行一条，各栏用竖线“|”分开：%(columns)s"
CONTROLS = str.maketrans("", "", "".join(map(chr, [*range(9), *range(11, 32), 127])))


@dataclass(frozen=True)
class Control:
    """A control of the form. `must`: statutory; `filled`: comes from the record of the case; `unset`: why it could not."""

    field: Field
    value: str
    must: bool
    error: str = ""
    unset: str = ""

    @property
    def name(self) -> str:
        return self.field.key

    @property
    def kind(self) -> str:
        return KINDS.get(self.field.type, "text")

    @property
    def long(self) -> bool:
        return self.field.type in ("long", "rows")

    @property
    def filled(self) -> bool:
        return bool(self.field.source and self.value)

    @property
    def hint(self) -> str:
        if self.field.type == "rows":
            return gettext(HINT_ROWS) % {"columns": " | ".join(self.field.columns)}
        return gettext("单位：元") if self.field.type == "money" else ""


def shown(field: Field, value: Any) -> str:
    """A value as its control holds it."""
    if empty(value):
        return ""
    if field.type == "rows":
        return "\n".join(" | ".join(row) for row in value)
    return f"{Decimal(value) / 100:.2f}" if field.type == "money" else str(value)


def read(fields: Iterable[Field], post: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """(label → value, key → what is wrong). Empty controls leave no value."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in fields:
        text = post.get(field.key, "").replace("\r\n", "\n").translate(CONTROLS).strip()
        if len(text) > LONGEST:
            wrong[field.key] = gettext("“%(title)s”超过 %(longest)s 字，请缩短") % {
                "title": field.label,
                "longest": LONGEST,
            }
        elif text:
            try:
                values[field.label] = value_of(field, text)
            except (ValueError, InvalidOperation) as error:
                wrong[field.key] = gettext("“%(title)s”：%(advice)s") % {
                    "title": field.label,
                    "advice": _advice(field, error),
                }
    return values, wrong


def value_of(field: Field, text: str) -> Any:
    """Raises ValueError, InvalidOperation."""
    if field.type == "rows":
        return [_row(field, line) for line in text.splitlines() if line.strip()]
    if field.type == "money":
        fen = Decimal(text.replace(",", "").replace("，", "")) * 100
        if fen != fen.to_integral_value() or not 0 <= fen < 10**15:
            raise ValueError(text)
        return int(fen)
    if field.type == "date":
        return written_day(text).isoformat()
    if field.type == "moment":
        return (
            written_moment(text).replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes")
        )
    return text


def _row(field: Field, line: str) -> list[str]:
    cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
    if len(cells) > len(field.columns):
        raise ValueError(
            gettext("这一行有 %(count)s 栏，最多 %(most)s 栏：%(line)s")
            % {"count": len(cells), "most": len(field.columns), "line": line[:30]}
        )
    return cells + [""] * (len(field.columns) - len(cells))


def _advice(field: Field, error: Exception) -> str:
    words = {
        "rows": f"{error}",
        "money": "不是金额，请写成 2000 或者 2000.50",
        "date": "不是日期，请写成 2021-09-01",
        "moment": "不是时间，请写成 2021-09-01T09:30",
    }
    return gettext(words.get(field.type, "不能识别"))
