"""Was the party ordered to correct the act? APL art. 28 para. 1."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if not is_penalty(step) or facts.last_before(step, "correction_ordered") is not None:
        return None
    return Breach(
        "未责令当事人改正违法行为",
        "责令当事人改正或者限期改正；无须改正的，在决定中说明理由",
        reason=step.get("no_correction_reason"),
    )


register(
    Rule(
        id="R-APL-28-1",
        title="责令当事人改正违法行为",
        article="行政处罚法第二十八条第一款",
        article_before="行政处罚法（2017年修正）第二十三条",
        severity=WARNS,
        guard=guard,
    )
)
