"""Was the receipt of the finance department given? APL art. 70."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["collector"] != "officers" or step.data["receipt"]:
        return None
    return Breach(
        "当场收缴未出具财政专用票据",
        "向当事人出具财政部门统一制发的专用票据并记入票据号码；没有票据的，当事人有权拒缴",
    )


register(
    Rule(
        id="R-APL-70-1",
        title="当场收缴出具专用票据",
        article="行政处罚法第七十条",
        article_before="行政处罚法（2017年修正）第四十九条",
        guard=guard,
    )
)
