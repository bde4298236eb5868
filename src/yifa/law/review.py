"""Legality review (法制审核): which cases need it and why, its seven points, its period. APL art. 58, 国办发〔2018〕118号."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from yifa.law.calendar import Deadline, deadline
from yifa.law.facts import Facts
from yifa.law.labels import label
from yifa.law.packs import Pack, UnknownParameter
from yifa.law.record.model import Event, Record

CATALOGUE = "review_catalogue"
PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not_applicable"
VERDICTS = {PASS: "通过", FAIL: "不通过", NOT_APPLICABLE: "不适用"}


@dataclass(frozen=True)
class Point:
    """One of the seven points: what it is called, what the reviewer asks himself, by which article."""

    key: str
    title: str
    asks: str
    article: str


POINTS: tuple[Point, ...] = (
    Point("subject", "主体合法", "执法主体是否合法，执法人员是否具备执法资格", "行政处罚法第十七条、第四十二条"),
    Point("procedure", "程序合法", "立案、调查、告知、听证等程序是否合法", "行政处罚法第四十四条、第五十四条、第六十四条"),
    Point("facts", "事实清楚、证据充分", "案件事实是否清楚，证据是否合法充分", "行政处罚法第四十条、第四十六条"),
    Point("law", "适用法律、裁量适当", "适用法律是否准确，裁量基准运用是否适当", "行政处罚法第五条、第三十四条"),
    Point("powers", "没有超越权限", "是否超越执法主体的法定权限", "行政处罚法第十七条至第二十四条"),
    Point("papers", "文书完备、规范", "行政执法文书是否完备、规范", "行政处罚法第四十四条、第五十九条"),
    Point("crime", "是否涉嫌犯罪", "违法行为是否涉嫌犯罪、需要移送司法机关", "行政处罚法第二十七条"),
)  # fmt: skip
TITLES = {one.key: one.title for one in POINTS}


def mitigated(facts: Facts, step: Event) -> str:
    return "减轻处罚" if step.get("leniency", "none") == "mitigated" else ""


def measures(facts: Facts, step: Event) -> str:
    return "采取了查封扣押" if facts.last_before(step, "measure_ordered") else ""


def suspected(facts: Facts, step: Event) -> str:
    return "涉嫌犯罪" if facts.record.violation.crime_suspected else ""


def heavy(facts: Facts, step: Event) -> str:
    return facts.hearing_level(facts.penalty_at(step), step.day)


LISTED: dict[str, Callable[[Facts, Event], str]] = {
    "hearing_level": heavy, "mitigated": mitigated, "measure_ordered": measures, "crime_suspected": suspected,
}  # fmt: skip
"""What an organ may put in its catalogue (目录清单) beside the cases art. 58 names."""


def reasons(facts: Facts, step: Event) -> Iterator[str]:
    """Why the case needs legality review, the law's own reasons first. Raises UnknownParameter, KeyError."""
    violation = facts.record.violation
    if violation.major_public_interest:
        yield "涉及重大公共利益"
    if facts.last_before(step, "hearing_held") is not None:
        yield "经过听证程序"
    if violation.complex:
        yield "案件情况疑难复杂"
    for name in facts.param(CATALOGUE, step.day).value:
        why = LISTED[name](facts, step)
        if why:
            yield why


def needed(record: Record, at: datetime) -> list[str]:
    """Every reason why the case, as it stands at a moment, needs review; none where it need not be reviewed."""
    facts = Facts(record, at)
    step = Event(len(facts.events), at, "decision_made", (), {}, at.date(), bare=True)
    return list(dict.fromkeys(reasons(facts, step)))


def review_due(law: Pack, submitted_on: date) -> Deadline | None:
    """Until when a review asked for on this day is to be done; None where the organ has set no period."""
    try:
        period = law.param("review_days", submitted_on)
    except UnknownParameter:
        return None
    return deadline(start=submitted_on, length=period.value, unit=period.unit, holidays=law.holidays)


def fault(verdicts: Mapping[str, str], opinion: str) -> str:
    """Why this opinion does not follow from the verdicts on the seven points; empty where it does."""
    open_points = [one.title for one in POINTS if not verdicts.get(one.key)]
    failed = [one.title for one in POINTS if verdicts.get(one.key) == FAIL]
    words = label("opinion", opinion)
    if open_points:
        return f"还有审核事项没有结论：{'、'.join(open_points)}。请逐项选择通过、不通过或者不适用。"
    if opinion == "agree" and failed:
        return f"“{'、'.join(failed)}”不通过，不能出具“{words}”的意见。请改选其他意见，或者退回补正。"
    if opinion != "agree" and not failed:
        return f"各项都没有“不通过”，不能出具“{words}”的意见。请把有问题的事项改为不通过并写明。"
    return ""
