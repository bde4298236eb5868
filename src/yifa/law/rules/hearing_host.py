"""Was the host of the hearing no investigator of the case? APL art. 64 (4)."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    hearings = facts.before(step, "hearing_held")
    if step.kind == "hearing_held" and not step.bare:
        hearings = [step]
    elif step.kind == "hearing_held":
        return None
    for hearing in hearings:
        host = hearing.data["presided_by"]
        notice = facts.last_before(hearing, "prior_notice_served")
        if host in facts.handlers(hearing, until=notice):
            return Breach(
                f"听证主持人不得为本案调查人员：{facts.name(host)}参与了本案调查",
                "指定非本案调查人员主持，重新组织听证",
            )
    return None


register(
    Rule(
        id="R-APL-64-3",
        title="听证主持人不是本案调查人员",
        article="行政处罚法第六十四条第四项",
        article_before="行政处罚法（2017年修正）第四十二条第一款第四项",
        guard=guard,
    )
)
