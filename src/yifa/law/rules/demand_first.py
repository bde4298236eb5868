"""Was the demand served and its waiting period over before the court was asked? ACL art. 54."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    demand = facts.last_before(step, "demand_served")
    if demand is None:
        return Breach("申请法院强制执行前没有催告", "先向当事人送达催告书，等待期满仍不履行的再申请")
    last = facts.due("demand_wait_days", demand).due_on
    if step.day > last:
        return None
    return Breach(
        f"催告书送达后等待期未满，不得申请强制执行：{day_text(demand.day)}催告，等待期至{day_text(last)}",
        f"{day_text(last)}过后当事人仍不履行的，再申请强制执行",
    )


register(
    Rule(
        id="R-ACL-54-1",
        title="申请强制执行前已催告并等待期满",
        article="行政强制法第五十四条",
        guard=guard,
    )
)
