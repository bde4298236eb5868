"""Is the matter within the organ's penalty power? APL art. 17, 18."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach, Gap
from yifa.law.limits import matter_of
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    if not is_penalty(step):
        return None
    matter = matter_of(facts)
    if isinstance(matter, Gap):
        return matter
    if matter.cgw:
        return None
    if matter.competence == "unclear":
        return Gap("pack_has_no_value", f"事项{matter.code}的主管机关（{matter.competent}）没有确定")
    return Breach(
        f"本机关对事项{matter.code}“{matter.name}”没有处罚权，主管机关为{matter.competent}",
        "核对权责清单；确不属于本机关的，移送有权机关处理",
    )


register(
    Rule(
        id="R-APL-17-1",
        title="本机关对该事项有处罚权",
        article="行政处罚法第十七条",
        article_before="行政处罚法（2017年修正）第十五条",
        guard=guard,
    )
)
