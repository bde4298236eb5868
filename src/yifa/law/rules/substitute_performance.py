"""Was substitute performance (代履行) decided, demanded again, and watched over? ACL art. 51."""

from __future__ import annotations

from yifa.law.calendar import deadline
from yifa.law.facts import Facts, day_text, period_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["action"] != "substitute_performance" or step.data["immediate"]:
        return None
    served = facts.before(step, "instrument_served")
    decided = any(one.data["instrument"] == "enforcement_decision" for one in served)
    faults = [] if decided else ["代履行决定书没有送达"]
    period = facts.param("substitute_demand_days", step.day)
    latest = deadline(
        start=step.day, length=period.value, unit=period.unit, before=True, holidays=facts.holidays
    ).due_on
    if not any(one.day <= latest for one in facts.before(step, "demand_served")):
        faults.append(f"没有在{period_text(period)}前（最迟{day_text(latest)}）催告")
    if not step.data["staff_on_site"]:
        faults.append("没有派员到场监督")
    if not faults:
        return None
    return Breach(
        f"代履行程序不完整：{'；'.join(faults)}",
        "补齐决定书送达、催告和到场监督后再代履行；需要立即清除的，依照立即代履行的规定办理",
    )


register(
    Rule(
        id="R-ACL-51-1",
        title="代履行有决定、催告和监督",
        article="行政强制法第五十一条第一款",
        guard=guard,
    )
)
