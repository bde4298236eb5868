"""Is an entrustment (委托) in writing, public, in force, and not passed on? APL art. 20."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    held = facts.record.agency.entrustment
    if held is None:
        return None
    faults = []
    if held.published_on is None or held.published_on > step.day:
        faults.append("委托书没有公布")
    if held.valid_from is None or step.day < held.valid_from:
        faults.append("委托尚未生效")
    if held.valid_to is not None and held.valid_to < step.day:
        faults.append(f"委托已于{day_text(held.valid_to)}到期")
    if held.re_entrusted:
        faults.append("受托组织再行委托")
    if not faults:
        return None
    return Breach(
        f"委托手续不齐或者已过期，不得以委托方式实施处罚：{'；'.join(faults)}",
        "补办并公布书面委托，或者由委托机关直接办理",
    )


register(
    Rule(
        id="R-APL-20-1",
        title="委托手续齐全有效",
        article="行政处罚法第二十条",
        article_before="行政处罚法（2017年修正）第十八条",
        guard=guard,
    )
)
