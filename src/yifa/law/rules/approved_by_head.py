"""Was the decision approved by the head of the organ? APL art. 57 para. 1."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    who = step.get("approved_by")
    if step.bare or facts.has_role(who, "head"):
        return None
    state = f"批准人{facts.name(who)}不是负责人" if who else "没有批准人"
    return Breach(f"处罚决定未经负责人批准：{state}", "报机关负责人审查批准后再作出决定，并记明批准人")


register(
    Rule(
        id="R-APL-57-1",
        title="决定由负责人批准",
        article="行政处罚法第五十七条第一款",
        article_before="行政处罚法（2017年修正）第三十八条第一款",
        guard=guard,
    )
)
