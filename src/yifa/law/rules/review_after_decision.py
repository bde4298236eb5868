"""Was the review finished before the decision? APL art. 58."""

from __future__ import annotations

from yifa.law.facts import DECISIONS, Facts, day_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

ANEW = ("case_reopened", "decision_changed", "prior_notice_served")


def guard(facts: Facts, step: Event) -> Breach | None:
    decisions = facts.before(step, *DECISIONS)
    if not decisions or any(event.index > decisions[-1].index for event in facts.before(step, *ANEW)):
        return None
    return Breach(
        f"法制审核在决定之后：{day_text(decisions[-1].day)}已作出决定，事后审核不能补救",
        "如实记明审核时间；目录内的案件应在决定之前审核，已作决定的依法纠正",
    )


register(
    Rule(
        id="REV-03",
        title="法制审核在决定之前完成",
        article="行政处罚法第五十八条第一款",
        article_before="行政处罚法（2017年修正）第三十八条第三款",
        guard=guard,
    )
)
