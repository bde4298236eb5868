"""Did another organ open the case earlier? APL art. 25."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    opening = step if step.kind == "opening_approved" else facts.last_before(step, "opening_approved")
    own = opening.day if opening is not None else step.day
    for other in facts.record.other_proceedings:
        if other.opened_on is not None and other.opened_on < own and other.organ != facts.record.agency.name:
            return Breach(
                f"{other.organ}可能已先行立案（{day_text(other.opened_on)}），请协商管辖",
                "与该机关协商管辖；协商不成的，报请共同的上一级行政机关指定",
            )
    return None


register(
    Rule(
        id="R-APL-25-1",
        title="没有其他机关先行立案",
        article="行政处罚法第二十五条",
        article_before="行政处罚法（2017年修正）第二十一条",
        severity=WARNS,
        guard=guard,
    )
)
