"""Was the court asked within the months after the time to challenge the decision? ACL art. 53."""

from __future__ import annotations

from yifa.law.calendar.spans import DAY
from yifa.law.execution.window import court_window
from yifa.law.facts import Facts, day_text, period_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.remedies import last_decision
from yifa.law.rules.rule import Rule, register

REMEDY = "在法定起诉期限届满后、申请期限内提出申请；已逾期的，说明正当理由"


def guard(facts: Facts, step: Event) -> Breach | None:
    decision = last_decision(facts, step)
    if decision is None:
        return Breach("申请法院强制执行之前没有处罚决定", "核对申请执行的决定")
    window = court_window(facts, decision, step)
    if window.judged or window.holds(step.day):
        return None
    if window.first_on is None or window.last_on is None or window.period is None:
        return Breach(f"不在申请法院强制执行的法定期限内：{window.pending}", REMEDY)
    side = "期限尚未开始" if step.day < window.first_on else "已经逾期"
    return Breach(
        f"申请法院强制执行不在法定的{period_text(window.period)}期限内：自{day_text(window.first_on - DAY)}的次日起"
        f"至{day_text(window.last_on)}，{side}",
        REMEDY,
    )


register(
    Rule(
        id="R-ACL-53-1",
        title="在法定期限内申请法院强制执行",
        article="行政强制法第五十三条",
        guard=guard,
    )
)
