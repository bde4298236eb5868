"""How long a dossier is kept (保管期限): permanent, or years by procedure. Periods are parameters of the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yifa.law.facts import DECISIONS, Facts
from yifa.law.record.model import Record

DISPUTES = ("reconsideration_filed", "litigation_filed")


@dataclass(frozen=True)
class Retention:
    """`years` None: permanent (永久). `why` in Chinese; `assumed`: parameters it rests on, 待确认."""

    years: int | None
    why: str
    assumed: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return "永久" if self.years is None else f"{self.years}年"


def retention(record: Record, at: datetime) -> Retention:
    """The retention period of a case as its record stands at `at`."""
    facts = Facts(record, at)
    facts.take_assumed()
    forever = _permanent(facts)
    if forever:
        return Retention(None, forever, facts.take_assumed())
    name = "retention_years_summary" if record.procedure == "summary" else "retention_years_ordinary"
    years = int(facts.param(name, at.date()).value)
    words = "简易程序案件" if record.procedure == "summary" else "普通程序案件"
    return Retention(years, words, facts.take_assumed())


def _permanent(facts: Facts) -> str:
    """Why the dossier is kept for ever; empty where it is not."""
    if any(facts.all(kind) for kind in DISPUTES):
        return "经过行政复议或者行政诉讼"
    if facts.all("hearing_held"):
        return "举行过听证"
    if facts.record.violation.major_public_interest:
        return "涉及重大公共利益"
    if any(event.data.get("action") == "demolition" for event in facts.all("compulsion_executed")):
        return "实施过强制拆除"
    for kind in DECISIONS:
        for event in facts.all(kind):
            if event.data.get("penalty") and facts.hearing_level(event.data["penalty"], event.day):
                return "处罚达到听证标准"
    return ""
