"""Was the exemption of a first offence considered? APL art. 33 para. 1."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register
from yifa.law.rules.slight_and_corrected import corrected_in_time


def guard(facts: Facts, step: Event) -> Breach | None:
    violation = facts.record.violation
    if step.bare or not is_penalty(step) or step.data["first_violation_exemption"]:
        return None
    if not violation.first_offence or violation.harm != "slight" or not corrected_in_time(facts, step):
        return None
    return Breach(
        "符合首违可不罚条件（初次违法、危害后果轻微、及时改正），请说明是否适用及理由",
        "在决定中说明是否适用首违不罚及其理由",
    )


register(
    Rule(
        id="R-APL-33-2",
        title="首违不罚已经考虑",
        article="行政处罚法第三十三条第一款",
        severity=WARNS,
        since=APL_2021,
        guard=guard,
    )
)
