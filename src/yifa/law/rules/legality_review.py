"""Did a case of the catalogue pass legality review (法制审核) before the decision? APL art. 58 para. 1."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.review import reasons
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    why = trigger(facts, step) if is_penalty(step) else ""
    if not why:
        return None
    review = facts.last_before(step, "legality_reviewed")
    if review is not None and review.data["opinion"] == "agree":
        return None
    if review is None:
        state = "决定之前没有法制审核"
    else:
        state = f"{day_text(review.day)}的审核意见为“{label('opinion', review.data['opinion'])}”"
    return Breach(
        f"该案须经法制审核（{why}），未审核或者审核未通过不得作出决定：{state}",
        "送法制审核人员审核；有意见的，补正后再次送审，审核同意后再作决定",
    )


def trigger(facts: Facts, step: Event) -> str:
    """Why the case needs legality review; empty where it does not."""
    return next(reasons(facts, step), "")


register(
    Rule(
        id="R-APL-58-1",
        title="目录内案件经法制审核通过",
        article="行政处罚法第五十八条第一款",
        article_before="行政处罚法（2017年修正）第三十八条第三款",
        warns_before=APL_2021,
        guard=guard,
    )
)
