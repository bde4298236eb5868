"""Is the fine inside the range the basis of the matter allows? APL art. 5 para. 2, art. 32."""

from __future__ import annotations

from yifa.law.calendar import add_months
from yifa.law.facts import Facts, is_penalty, yuan
from yifa.law.findings import Breach, Gap
from yifa.law.limits import limits, matter_of
from yifa.law.record.model import Event
from yifa.law.rules.applicable_law import applied_day
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    penalty = facts.penalty_at(step)
    if step.bare or not is_penalty(step) or not (penalty.fine_fen or "fine" in penalty.kinds):
        return None
    matter = matter_of(facts)
    if isinstance(matter, Gap):
        return matter
    if not matter.ranges and "fine" not in matter.kinds:
        return _breach(f"{matter.basis}没有规定罚款", "改用法律规定的处罚种类，或者核对事项")
    found = limits(facts, matter.on(applied_day(facts, step)), step.day)
    if isinstance(found, Gap):
        return found
    fine = penalty.fine_fen
    if found.allows(fine) or (fine < found.min and _mitigated(facts, step)):
        return None
    text = yuan(found.min) if found.min == found.max else f"{yuan(found.min)}至{yuan(found.max)}"
    return _breach(
        f"法定为{text}，决定罚款{yuan(fine)}（{matter.basis}）",
        "在法定幅度内确定罚款数额；依法减轻处罚的，记明减轻情节和理由",
    )


def _mitigated(facts: Facts, step: Event) -> bool:
    """Below the range only by mitigation (减轻), and only with its reason on record."""
    record = facts.record
    grounds = record.violation.circumstances or record.party.capacity == "partial" or _minor(facts)
    return step.data["leniency"] == "mitigated" and bool(step.data["deviation_reason"] or grounds)


def _minor(facts: Facts) -> bool:
    birth_on, began_on = facts.record.party.birth_on, facts.record.violation.began_on
    if birth_on is None:
        return False
    return began_on < add_months(birth_on, 12 * facts.param("age_of_majority", began_on).value)


def _breach(what: str, remedy: str) -> Breach:
    return Breach(f"罚款数额超出法定幅度：{what}", remedy)


register(
    Rule(
        id="R-APL-34-2",
        title="罚款在法定幅度以内",
        article="行政处罚法第五条第二款",
        article_before="行政处罚法（2017年修正）第四条第二款",
        guard=guard,
    )
)
