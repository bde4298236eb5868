"""Does a fine based on a government rule (规章) alone keep its limit? APL art. 14, 天津市制定规章设定罚款限额规定."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty, yuan
from yifa.law.findings import WARNS, Breach, Gap
from yifa.law.limits import matter_of
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    if not is_penalty(step):
        return None
    matter = matter_of(facts)
    if isinstance(matter, Gap):
        return matter
    fine = facts.penalty_at(step).fine_fen
    if not matter.government_rule_only or not fine:
        return None
    violation = facts.record.violation
    name, what = "rule_fine_limit_non_business", "非经营活动"
    if violation.business:
        gains = violation.gains_fen > 0
        name = "rule_fine_limit_business_gains" if gains else "rule_fine_limit_business"
        what = f"经营活动，{'有' if gains else '没有'}违法所得"
    limit = facts.param(name, step.day)
    if fine <= limit.value:
        return None
    return Breach(
        f"仅以市政府规章（{matter.basis}）为依据的罚款{yuan(fine)}，超过规章罚款限额{yuan(limit.value)}（{what}）",
        "请核对是否有法律、法规依据；没有的，罚款不得超过规章罚款限额",
        reason=step.get("deviation_reason"),
    )


register(
    Rule(
        id="R-APL-14-1",
        title="仅以政府规章为依据的罚款不超过限额",
        article="行政处罚法第十四条",
        article_before="行政处罚法（2017年修正）第十三条",
        severity=WARNS,
        guard=guard,
    )
)
