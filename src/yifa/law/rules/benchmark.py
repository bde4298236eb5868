"""Is the fine inside the grade (裁量阶次) the decision names? APL art. 34."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty, yuan
from yifa.law.findings import WARNS, Breach, Gap
from yifa.law.labels import label
from yifa.law.limits import limits, matter_of
from yifa.law.record.model import Event
from yifa.law.rules.applicable_law import applied_day
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    fine = 0 if step.bare or not is_penalty(step) else step.data["penalty"].fine_fen
    if not fine:
        return None
    matter = matter_of(facts)
    found = (
        matter if isinstance(matter, Gap) else limits(facts, matter.on(applied_day(facts, step)), step.day)
    )
    if isinstance(found, Gap):
        return found
    below = step.data["leniency"] == "mitigated" and fine < found.min
    if not found.tiers or below or not found.allows(fine):
        return None
    tier = step.data["tier"] or _proposed(facts, step)
    if tier is None:
        return Gap("key_absent", "决定没有记入裁量阶次（tier）")
    low, high = found.tier(tier)
    if (low < fine or (tier == "minor" and fine == low)) and fine <= high:
        return None
    if not found.min <= fine <= found.max:
        return Gap("pack_has_no_value", f"事项{facts.record.matter}的另一档罚款没有裁量阶次")
    return Breach(
        f"处罚幅度超出适用的裁量阶次：{label('tier', tier)}为{yuan(low)}至{yuan(high)}，决定罚款{yuan(fine)}",
        "按裁量阶次调整罚款数额；确需超出的，说明理由并报批",
        reason=step.data["deviation_reason"],
    )


def _proposed(facts: Facts, step: Event) -> str | None:
    closed = facts.last_before(step, "investigation_closed")
    return closed.data["tier"] if closed is not None else None


register(
    Rule(
        id="R-APL-34-1",
        title="罚款在适用的裁量阶次以内",
        article="行政处罚法第三十四条",
        article_before="行政处罚法（2017年修正）第四条第二款",
        severity=WARNS,
        guard=guard,
    )
)
