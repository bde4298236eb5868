"""Must a slight act, corrected in time, without harm, go unpunished? APL art. 33 para. 1."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or not is_penalty(step) or step.data["tier"] != "minor":
        return None
    if facts.record.violation.harm != "none" or not corrected_in_time(facts, step):
        return None
    return Breach(
        "违法行为轻微并及时改正且无危害后果，应当不予处罚",
        "作出不予处罚决定，对当事人进行教育并记入案卷",
    )


def corrected_in_time(facts: Facts, step: Event) -> bool:
    """Corrected by the day the last order set; without an order not after the prior notice."""
    corrected_on = facts.record.violation.corrected_on
    if corrected_on is None or corrected_on > step.day:
        return False
    order = facts.last_before(step, "correction_ordered")
    if order is not None:
        return bool(corrected_on <= order.data["due_on"])
    notice = facts.last_before(step, "prior_notice_served")
    return notice is None or corrected_on <= notice.day


register(
    Rule(
        id="R-APL-33-1",
        title="轻微、及时改正且无危害后果的不予处罚",
        article="行政处罚法第三十三条第一款",
        article_before="行政处罚法（2017年修正）第二十七条第二款",
        guard=guard,
    )
)
