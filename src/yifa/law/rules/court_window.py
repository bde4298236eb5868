"""Was the court asked within the months after the time to challenge the decision? ACL art. 53."""

from __future__ import annotations

from yifa.law.calendar import deadline
from yifa.law.editions import APL_2021
from yifa.law.facts import Facts, day_text, period_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.remedies import last_decision, remedy, schedules
from yifa.law.rules.rule import Rule, register

REMEDY = "在法定起诉期限届满后、申请期限内提出申请；已逾期的，说明正当理由"


def guard(facts: Facts, step: Event) -> Breach | None:
    decision = last_decision(facts, step)
    if decision is None:
        return Breach("申请法院强制执行之前没有处罚决定", "核对申请执行的决定")
    state = remedy(facts, decision, step)
    if state.judged:
        return None
    if state.ended_on is None:
        return Breach(f"不在申请法院强制执行的法定期限内：{state.pending}", REMEDY)
    ended_on = state.ended_on
    if step.day >= APL_2021:
        ended_on = max([ended_on, *schedules(facts, step)])
    period = facts.param("court_application_months", step.day)
    last = deadline(
        start=ended_on, length=period.value, unit=period.unit, roll=True, holidays=facts.holidays
    ).due_on
    if ended_on < step.day <= last:
        return None
    side = "期限尚未开始" if step.day <= ended_on else "已经逾期"
    return Breach(
        f"申请法院强制执行不在法定的{period_text(period)}期限内：自{day_text(ended_on)}的次日起至{day_text(last)}，{side}",
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
