"""Prints docs/procedure/parameters.md: every parameter with its editions: `python -m yifa.law.packs.catalogue`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from yifa.law.glossary import table
from yifa.law.packs import pack
from yifa.law.packs.parameters import Parameter

TERRITORY = "120115"
HEAD = """\
# Parameters

Generated from `src/yifa/law/packs` by `make fix`; do not edit. The values shipped for Baodi (120115); what an organ has
confirmed or changed is kept in its own database and shown on `/desk/laws/parameters/`. 待确认: nobody vouches for the
value yet; every finding and deadline that uses it says so."""
UNITS = {
    "day": "日", "working_day": "个工作日", "month": "个月", "year": "年", "hour": "小时", "minute": "分钟", "second": "秒",
    "percent": "%",
}  # fmt: skip


def value_words(value: Any, unit: str) -> str:
    """A value as a reader sees it: 200元, 5个工作日, 是, 未设置."""
    if value is None:
        return "未设置"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(str(item) for item in value) or "（空）"
    if unit == "fen":
        whole, rest = divmod(value, 100)
        return f"{whole:,}.{rest:02d}元" if rest else f"{whole:,}元"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value}{UNITS.get(unit, '')}"


def term_words(edition: Parameter) -> str:
    """From when to when: 2021-07-15 起, 至 2021-07-14, or 一直."""
    first = f"{edition.valid_from.isoformat()} 起" if edition.valid_from else ""
    last = f"至 {edition.valid_to.isoformat()}" if edition.valid_to else ""
    return " ".join(part for part in (first, last) if part) or "一直"


def lines() -> Iterator[str]:
    law = pack(TERRITORY)
    editions = law.parameters()
    waiting = {one.name for one in editions if not one.confirmed}
    yield HEAD
    yield f"\n{len(law.editions)} parameters, {len(editions)} editions; {len(waiting)} parameters 待确认.\n"
    rows = (
        (
            f"`{one.name}`",
            one.title,
            value_words(one.value, one.unit),
            one.unit,
            term_words(one),
            one.source,
            "已确认" if one.confirmed else "待确认",
        )
        for one in editions
    )
    yield from table(("name", "中文", "值", "unit", "适用", "来源", "状态"), rows)


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
