"""Is a party without capacity left unpunished? APL art. 31."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if facts.record.party.capacity != "none" or not is_penalty(step):
        return None
    return Breach(
        "当事人不能辨认或者不能控制自己的行为，不予处罚",
        "核实鉴定或者诊断材料，作出不予处罚决定，责令监护人严加看管和治疗",
    )


register(
    Rule(
        id="R-APL-31-1",
        title="没有责任能力的不予处罚",
        article="行政处罚法第三十一条",
        article_before="行政处罚法（2017年修正）第二十六条",
        guard=guard,
    )
)
