"""Did the party sign for electronic service? APL art. 61 para. 2."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["mode"] != "electronic" or step.data["consent_signed"]:
        return None
    return Breach(
        "电子送达未取得当事人确认书",
        "请当事人签订送达地址（方式）确认书后再电子送达，或者改用其他方式送达",
    )


register(
    Rule(
        id="R-APL-61-2",
        title="电子送达有当事人确认书",
        article="行政处罚法第六十一条第二款",
        since=APL_2021,
        guard=guard,
    )
)
