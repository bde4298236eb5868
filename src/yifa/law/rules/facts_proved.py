"""Is every fact element proved by sound evidence the decision lists? APL art. 40."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.evidence_sound import is_sound, listed
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or not is_penalty(step):
        return None
    proved: set[str] = set()
    for item in listed(facts, step).values():
        if item is not None and is_sound(item):
            proved.update(item.data["proves"])
    missing = [fact for fact in facts.record.violation.facts if fact not in proved]
    if not missing:
        return None
    return Breach(
        f"违法事实证据不足，不得处罚：“{'”“'.join(missing)}”没有查证属实、来源合法的证据",
        "补充调查取证，或者对证据不足的事实不予认定",
    )


register(
    Rule(
        id="R-APL-40-1",
        title="违法事实有查证属实的证据",
        article="行政处罚法第四十条",
        article_before="行政处罚法（2017年修正）第三十条",
        guard=guard,
    )
)
