"""Has a deferral (暂缓、分期) an application and an approval? APL art. 66."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    faults = [] if step.data["applied"] else ["当事人的申请"]
    if step.data["approved_by"] is None:
        faults.append("机关的批准")
    if not faults:
        return None
    return Breach(
        f"暂缓或者分期缴纳缺少{'和'.join(faults)}", "由当事人书面申请，经机关批准并记明批准人和期限"
    )


register(
    Rule(
        id="R-APL-66-1",
        title="暂缓、分期缴纳有申请和批准",
        article="行政处罚法第六十六条",
        article_before="行政处罚法（2017年修正）第五十二条",
        guard=guard,
    )
)
