"""Typing a parameter's value: money in yuan, yes or no, lists with 、; and reading it back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yifa.law.packs import Parameter
from yifa.ledger.written import written_day
from yifa.registry.laws.errors import BadValue

NUMBERS = frozenset({"day", "working_day", "month", "year", "hour", "minute", "second", "percent", "count"})


def typed_value(current: Parameter) -> str:
    """The value as a form shows it; empty where none is set."""
    value = current.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(str(item) for item in value)
    if current.unit == "fen":
        return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)
    return str(value)


def read_value(text: str, current: Parameter) -> Any:
    """A value of the parameter's unit. Raises BadValue."""
    if current.unit in NUMBERS:
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise BadValue("value", "请写整数，例如 5")
        return int(text)
    if current.unit == "fen":
        return money(text)
    if current.unit == "flag":
        if text not in ("是", "否"):
            raise BadValue("value", "请选“是”或者“否”")
        return text == "是"
    if current.unit == "list":
        items = [item.strip() for item in re.split(r"[、\n,，]", text) if item.strip()]
        whole = bool(current.value) and all(isinstance(item, int) for item in current.value)
        if whole and not all(item.isdigit() for item in items):
            raise BadValue("value", "请写几个整数，用顿号分开")
        return tuple(int(item) if whole else item for item in items)
    if current.unit == "date":
        return day(text)
    if current.unit == "month_day":
        if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
            raise BadValue("value", "请写月-日，例如 01-31")
        return text
    if not text:
        raise BadValue("value", "请填写")
    return text


def money(text: str) -> int:
    """元 as 分."""
    try:
        fen = Decimal(text.replace(",", "")) * 100
        if fen != fen.to_integral_value() or not 0 <= fen < 10**13:
            raise InvalidOperation
    except InvalidOperation:
        raise BadValue("value", "请写金额（元），最多两位小数，例如 1000") from None
    return int(fen)


def day(text: str) -> date:
    try:
        return written_day(text)
    except ValueError:
        raise BadValue("value", "请写日期，例如 2018-01-01") from None
