"""Was a catalogue case reviewed at all? APL art. 58."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.legality_review import trigger
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if not is_penalty(step) or facts.last_before(step, "legality_reviewed") is not None:
        return None
    why = trigger(facts, step)
    if not why:
        return None
    return Breach(
        f"目录内的案件没有送法制审核（{why}）", "在作出决定之前送法制审核人员审核，审核意见归入案卷"
    )


register(
    Rule(
        id="REV-01",
        title="目录内案件送法制审核",
        article="行政处罚法第五十八条第一款",
        article_before="行政处罚法（2017年修正）第三十八条第三款",
        guard=guard,
    )
)
