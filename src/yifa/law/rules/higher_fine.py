"""Of several norms one act breaks, was the one with the higher fine applied? APL art. 29."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty, yuan
from yifa.law.findings import WARNS, Breach, Gap
from yifa.law.limits import Limits, limits, matter_of
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    others = facts.record.violation.alternative_matters
    if not others or not is_penalty(step):
        return None
    own = _limits(facts, step, None)
    if isinstance(own, Gap):
        return own
    gap = None
    for code in others:
        other = _limits(facts, step, code)
        if isinstance(other, Gap):
            gap = gap or other
        elif (other.max, other.min) > (own.max, own.min):
            name = facts.pack.matters[code].name
            return Breach(
                f"同一行为违反多个规范，应按罚款数额高的规定处罚：{code}“{name}”最高{yuan(other.max)}，"
                f"本案适用的事项最高{yuan(own.max)}",
                f"改按{code}处理并重新告知；不适用的，在决定中说明理由",
                reason=step.get("deviation_reason"),
            )
    return gap


def _limits(facts: Facts, step: Event, code: str | None) -> Limits | Gap:
    matter = matter_of(facts, code)
    return matter if isinstance(matter, Gap) else limits(facts, matter, step.day)


register(
    Rule(
        id="R-APL-29-2",
        title="违反多个规范的按罚款数额高的处罚",
        article="行政处罚法第二十九条",
        article_before="行政处罚法（2017年修正）第二十四条",
        severity=WARNS,
        guard=guard,
    )
)
