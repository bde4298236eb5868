"""Was the case opened before investigation measures were taken? Case opening (立案), APL art. 54."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if facts.record.procedure != "ordinary" or step.get("urgent", False):
        return None
    if facts.last_before(step, "opening_approved") is not None:
        return None
    return Breach(
        f"未经批准立案，不得开展调查措施：“{label('event_kind', step.kind)}”之前没有立案",
        "先办理立案审批；确因情况紧急先行固定证据的，注明紧急情况并补办立案",
    )


register(
    Rule(
        id="R-APL-54-1",
        title="立案之后才开展调查措施",
        article="行政处罚法第五十四条第二款",
        article_before="行政处罚法（2017年修正）第三十六条",
        warns_before=APL_2021,
        guard=guard,
    )
)
