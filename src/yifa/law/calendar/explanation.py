"""Why a period ends on its day, in Chinese, so that anyone with a calendar can follow the counting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from yifa.law.calendar.spans import DAY, Span
from yifa.law.labels import label

if TYPE_CHECKING:
    from yifa.law.calendar.deadlines import Deadline

LISTED = 10


def explain(period: Deadline) -> str:
    """Sentences: what is counted from where, the counted days, what was left out, the result."""
    if period.unit == "hour":
        parts = _hours(period)
    elif period.unit == "working_day":
        parts = _working_days(period)
    else:
        parts = _days(period)
    if period.excluded:
        parts.insert(1, "扣除不计入的期间：" + _spans(period.excluded, period.starts_on.year) + "。")
    if period.provisional:
        parts.append("涉及年份尚无放假安排，只按周末推算，结果暂定。")
    return "".join(parts)


def chinese_day(day: date, *, weekday: bool = True, year: int | None = None) -> str:
    """2021年10月8日（星期五）; the year is left out where it is the one named by `year`."""
    shown = f"{day.month}月{day.day}日" if day.year == year else f"{day.year}年{day.month}月{day.day}日"
    return shown + (f"（星期{'一二三四五六日'[day.weekday()]}）" if weekday else "")


def _length(period: Deadline) -> str:
    return f"{period.length}{label('unit', period.unit)}"


def _moment(at: datetime) -> str:
    return f"{chinese_day(at.date())}{at.hour}时{at.minute:02d}分" + (
        f"{at.second:02d}秒" if at.second else ""
    )


def _hours(period: Deadline) -> list[str]:
    assert period.starts_at is not None and period.due_at is not None
    if period.before:
        return [
            f"从{_moment(period.starts_at)}倒推{_length(period)}，休息日不停，最迟为{_moment(period.due_at)}。"
        ]
    return [
        f"从{_moment(period.starts_at)}起算{_length(period)}，按钟点连续计算，休息日不停，至{_moment(period.due_at)}届满。"
    ]


def _working_days(period: Deadline) -> list[str]:
    opening = f"{chinese_day(period.starts_on)}当日不计入"
    if period.before:
        parts = [f"{opening}，往前数{_length(period)}，这些工作日都要完整留出：", _counted(period) + "。"]
        closing = f"再往前的一个工作日为最迟的一天：{chinese_day(period.due_on)}。"
    else:
        parts = [f"{opening}，自次日起数{_length(period)}：", _counted(period) + "。"]
        closing = f"期限届满日为{chinese_day(period.due_on)}。"
    if period.skipped:
        parts.append("不计的休息日：" + _spans(period.skipped, period.starts_on.year) + "。")
    return [*parts, closing]


def _counted(period: Deadline) -> str:
    """The counted working days; of a long period the first, the last and every make-up day."""
    numbered = list(enumerate(_counted_days(period), start=1))
    if len(numbered) > LISTED:
        kept = {1, 2, len(numbered)}
        shown = [(n, day) for n, day in numbered if n in kept or period.holidays.is_make_up_day(day)]
    else:
        shown = numbered
    return "，".join(_numbered(n, day, period) for n, day in shown)


def _numbered(number: int, day: date, period: Deadline) -> str:
    note = "，调休上班" if period.holidays.is_make_up_day(day) else ""
    shown = chinese_day(day, weekday=False, year=period.starts_on.year)
    return f"{shown}（周{'一二三四五六日'[day.weekday()]}{note}）第{number}日"


def _counted_days(period: Deadline) -> list[date]:
    step = -DAY if period.before else DAY
    day = period.starts_on + step
    out: list[date] = []
    while len(out) < period.length:
        if period.holidays.is_working_day(day) and not any(
            s.from_on <= day <= s.to_on for s in period.excluded
        ):
            out.append(day)
        day += step
    return out


def _days(period: Deadline) -> list[str]:
    nominal = chinese_day(period.nominal_on)
    if period.before:
        parts = [
            f"{chinese_day(period.starts_on)}当日不计入，往前须完整留出{_length(period)}，最迟为{nominal}。"
        ]
    elif period.unit == "day":
        first = chinese_day(period.starts_on + DAY, weekday=False, year=period.starts_on.year)
        parts = [
            f"{chinese_day(period.starts_on)}当日不计入，自次日{first}起数{_length(period)}（含休息日），"
        ]
        parts.append(f"最后一日为{nominal}。")
    else:
        parts = [
            f"{chinese_day(period.starts_on)}当日不计入，{_length(period)}后的对应日（该月没有对应日的为月末日），"
        ]
        parts.append(f"最后一日为{nominal}。")
    return [*parts, _rolling(period)]


def _rolling(period: Deadline) -> str:
    if period.due_on != period.nominal_on:
        where = "之前的最后一个工作日" if period.before else "休息日后的第一个工作日"
        skipped = _spans(period.skipped, period.starts_on.year)
        return f"该日是休息日（{skipped}），移至{where}{chinese_day(period.due_on)}。"
    if not period.roll:
        return "" if period.holidays.is_working_day(period.due_on) else "该日是休息日，但本期限不顺延。"
    if period.holidays.is_make_up_day(period.due_on):
        return "该日调休上班，是工作日，不顺延。"
    return "该日是工作日，不顺延。"


def _spans(spans: Iterable[Span], year: int) -> str:
    out = []
    for span in spans:
        shown = chinese_day(span.from_on, weekday=False, year=year)
        if span.to_on != span.from_on:
            shown += "至" + chinese_day(span.to_on, weekday=False, year=year)
        out.append(f"{shown}（{span.reason}）" if span.reason else shown)
    return "、".join(out)
