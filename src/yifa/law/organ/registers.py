"""The checks of the three systems (三项制度) that look at the organ's registers: PUB-02, REV-02; why two are not judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yifa.law.calendar import deadline
from yifa.law.facts import day_text, period_text
from yifa.law.findings import WARNS, NotEvaluated
from yifa.law.packs import Pack
from yifa.law.packs.errors import NotInForce, UnknownParameter
from yifa.law.record.model import Person

ARTICLES = {
    "PUB-02": "国办发〔2018〕118号",
    "REV-02": "国办发〔2018〕118号",
}
TITLES = {
    "PUB-02": "检查结果按时公示",
    "PUB-05": "上年度执法数据按时公开",
    "REC-08": "音像记录到期前删除须两人批准",
    "REV-02": "法制审核人员不少于执法人员的百分之五",
}
NO_REGISTER = {
    "REC-08": "还没有登记音像记录的删除和批准，无从判断是否提前删除",
    "PUB-05": "还没有登记年度执法数据的公开日期",
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection: its number, its day, the day its result was made public."""

    number: str
    on: date
    published_on: date | None


@dataclass(frozen=True, slots=True)
class OrganFinding:
    """A finding about the organ. `subject`: record key of the row it stands on."""

    rule: str
    article: str
    severity: str
    subject: str
    message: str
    remedy: str

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def judge(
    pack: Pack, at: datetime, *, inspections: Iterable[Inspection], people: Iterable[Person]
) -> Iterator[OrganFinding | NotEvaluated]:
    """All checks of the organ at a moment, as a stream: findings and what could not be judged, by rule."""
    yield from inspections_published(pack, at.date(), inspections)
    yield NotEvaluated("PUB-05", "needs_database", NO_REGISTER["PUB-05"])
    yield NotEvaluated("REC-08", "needs_database", NO_REGISTER["REC-08"])
    yield from reviewers_enough(pack, at.date(), people)


def inspections_published(
    pack: Pack, today: date, inspections: Iterable[Inspection]
) -> Iterator[OrganFinding | NotEvaluated]:
    """PUB-02: the result of an inspection is public within the working days of its edition."""
    for one in inspections:
        if one.on > today:
            continue
        try:
            period = pack.param("inspection_publicity_days", one.on)
        except (NotInForce, UnknownParameter) as missing:
            yield NotEvaluated("PUB-02", "pack_has_no_value", str(missing))
            return
        published = one.published_on if one.published_on is not None and one.published_on <= today else None
        due = deadline(start=one.on, length=period.value, unit=period.unit, holidays=pack.holidays).due_on
        if (published or today) <= due:
            continue
        state = f"{day_text(published)}才公示" if published else "至今没有公示"
        yield OrganFinding(
            "PUB-02", ARTICLES["PUB-02"], WARNS, f"inspection:{one.number}",
            f"检查{one.number}的结果应在{period_text(period)}内（{day_text(due)}前）公示，{state}",
            "记明迟延公示的理由" if published else "立即公示检查结果，并在检查台账中填写公示日期",
        )  # fmt: skip


def reviewers_enough(
    pack: Pack, today: date, people: Iterable[Person]
) -> Iterator[OrganFinding | NotEvaluated]:
    """REV-02: reviewers (法制审核人员) are at least five per cent of those who hold a valid certificate, rounded up."""
    officers = reviewers = 0
    for person in people:
        officers += _enforces(person, today)
        reviewers += "reviewer" in person.roles
    try:
        share = pack.param("reviewer_share_percent", today).value
    except (NotInForce, UnknownParameter) as missing:
        yield NotEvaluated("REV-02", "pack_has_no_value", str(missing))
        return
    least = -(-officers * share // 100)
    if reviewers < least:
        yield OrganFinding(
            "REV-02", ARTICLES["REV-02"], WARNS, "people",
            f"法制审核人员{reviewers}人，执法人员{officers}人的{share}%为{least}人，人数不足",
            f"再配备{least - reviewers}名法制审核人员，或者在人员名册中补登已有的审核人员",
        )  # fmt: skip


def _enforces(person: Person, today: date) -> bool:
    held = person.certificate
    if held is None or not person.is_officer or not held.valid_from <= today <= held.valid_to:
        return False
    return held.revoked_on is None or held.revoked_on > today
