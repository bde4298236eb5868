"""Is a party who proved no fault left unpunished? APL art. 33 para. 2."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if "no_fault" not in facts.record.violation.circumstances or not is_penalty(step):
        return None
    return Breach(
        "当事人有证据足以证明没有主观过错的，不予行政处罚",
        "作出不予处罚决定；法律、行政法规另有规定的，写明该规定",
    )


register(
    Rule(
        id="R-APL-33-4",
        title="没有主观过错的不予处罚",
        article="行政处罚法第三十三条第二款",
        since=APL_2021,
        guard=guard,
    )
)
