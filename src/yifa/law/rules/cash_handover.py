"""Was cash handed in and banked in time? APL art. 71."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Running
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def clock(facts: Facts) -> Iterator[Running]:
    for collected in facts.all("fine_collected"):
        if collected.data["collector"] == "officers":
            yield _leg(facts, collected, "cash_handed_in", "cash_handover_days", "交至本机关")
    for handed in facts.all("cash_handed_in"):
        yield _leg(facts, handed, "cash_banked", "cash_bank_days", "缴付指定银行")


def _leg(facts: Facts, start: Event, kind: str, period: str, what: str) -> Running:
    due = facts.due(period, start)
    stop = next(iter(facts.after(start, kind)), None)
    seen_on = stop.day if stop is not None else facts.at.date()
    state = f"{day_text(stop.day)}才办理" if stop is not None else "至今没有办理"
    breach = Breach(
        f"当场收缴的罚款应在{day_text(due.due_on)}前{what}，{state}",
        "在案卷中说明逾期理由" if stop is not None else f"立即将罚款{what}，并说明逾期理由",
    )
    return Running(start, due, stop, breach, late=seen_on > due.due_on)


register(
    Rule(
        id="R-APL-71-1",
        title="当场收缴的罚款按时上交",
        article="行政处罚法第七十一条",
        article_before="行政处罚法（2017年修正）第五十条",
        clock=clock,
    )
)
