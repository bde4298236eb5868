"""A yearly notice of days off (放假通知) as a file: TOML or CSV (docs/spec/holidays.md), checked before it counts."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yifa.law.calendar.errors import BadNotice
from yifa.law.calendar.holidays import FIRST_YEAR, LAST_YEAR
from yifa.law.calendar.spans import DAY

LONGEST = 15
ALWAYS = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))
"""Days off in every year (全国年节及纪念日放假办法): a notice without them is not a whole year."""
KINDS = {"rest": "rest", "休": "rest", "放假": "rest", "work": "work", "班": "work", "上班": "work"}


@dataclass(frozen=True)
class Notice:
    """One year. `rest`: (first, last, name), both days in; `work`: make-up working days (调休上班)."""

    year: int
    source: str
    rest: tuple[tuple[date, date, str], ...]
    work: tuple[date, ...]

    def table(self) -> dict[str, Any]:
        """The year as in holidays.toml."""
        return {
            "source": self.source,
            "rest": [[first.isoformat(), last.isoformat(), name] for first, last, name in self.rest],
            "work": [day.isoformat() for day in self.work],
        }


def from_toml(text: str, source: str = "") -> Notice:
    """`year`, `source`, `rest = [[from, to, name]]`, `work = [day]`. Raises BadNotice."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadNotice(f"不是 TOML：{error}") from error
    if unknown := sorted(set(data) - {"year", "source", "rest", "work"}):
        raise BadNotice(f"不认识的键：{'、'.join(unknown)}。可用 year、source、rest、work")
    rows = data.get("rest", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 3 for row in rows):
        raise BadNotice('rest 的每一项须为 ["2027-01-01", "2027-01-03", "元旦"]')
    if not isinstance(data.get("work", []), list):
        raise BadNotice('work 须为 ["2027-02-07"] 这样的列表')
    rest = [(_day(first), _day(last), str(name)) for first, last, name in rows]
    year = data.get("year")
    return demanded(
        year if isinstance(year, int) else 0,
        source or str(data.get("source", "")),
        rest,
        [_day(day) for day in data.get("work", [])],
    )


def from_csv(text: str, source: str = "") -> Notice:
    """Columns day, kind (rest/work or 休/班), name; one row a day. Raises BadNotice."""
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or not {"day", "kind"} <= set(rows[0]):
        raise BadNotice("CSV 的第一行须为 day,kind,name；以下每行一天")
    rest, work = [], []
    for place, row in enumerate(rows, start=2):
        kind = KINDS.get((row["kind"] or "").strip())
        if kind is None:
            raise BadNotice(f"第{place}行：kind 须为 rest（休）或者 work（班），不能是“{row['kind']}”")
        day = _day((row["day"] or "").strip())
        if kind == "work":
            work.append(day)
        else:
            rest.append((day, day, (row.get("name") or "").strip()))
    years = [first.year for first, _, _ in rest]
    return demanded(max(set(years), key=years.count) if years else 0, source, _joined(rest), work)


def demanded(year: int, source: str, rest: list[tuple[date, date, str]], work: list[date]) -> Notice:
    """The notice, where it can be one. Raises BadNotice."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadNotice("没有写明年份（year）")
    if not source.strip():
        raise BadNotice("没有写明来源（source，或者 --source）：通知的名称和文号")
    off: dict[date, str] = {}
    for first, last, name in rest:
        if not name or first > last or (last - first).days >= LONGEST:
            raise BadNotice(f"{first} 至 {last}“{name}”：须有名称，起日不晚于止日，不超过{LONGEST}天")
        for ordinal in range((last - first).days + 1):
            day = first + timedelta(days=ordinal)
            if day in off:
                raise BadNotice(f"{day} 写了两次放假")
            off[day] = name
    _demand_days(year, off, work)
    return Notice(year, source.strip(), tuple(sorted(rest)), tuple(sorted(work)))


def _demand_days(year: int, off: Mapping[date, str], work: list[date]) -> None:
    low, high = date(year - 1, 12, 1), date(year + 1, 1, 31)
    for day in (*off, *work):
        if not low <= day <= high:
            raise BadNotice(f"{day} 不属于{year}年的放假安排")
    for day in work:
        if day in off:
            raise BadNotice(f"{day} 既写放假又写上班")
        if day.weekday() < 5:
            raise BadNotice(f"{day} 是工作日，不能作为调休上班的日子")
    if len(set(work)) != len(work):
        raise BadNotice("调休上班的日子写了两次")
    for month, number, name in ALWAYS:
        if date(year, month, number) not in off:
            raise BadNotice(f"{year}年的{name}（{month}月{number}日）没有写放假，不是完整的一年")


def _joined(days: Iterable[tuple[date, date, str]]) -> list[tuple[date, date, str]]:
    """Neighbouring days of one name as one span."""
    spans: list[tuple[date, date, str]] = []
    for first, last, name in sorted(days):
        if spans and spans[-1][2] == name and spans[-1][1] + DAY == first:
            spans[-1] = (spans[-1][0], last, name)
        else:
            spans.append((first, last, name))
    return spans


def _day(text: Any) -> date:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise BadNotice(f"“{text}”不是日期，请写 2027-01-01") from None
