"""Does the additional fine stand still during reconsideration and suit? APL art. 73 para. 3."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, yuan
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.remedies import pauses
from yifa.law.rules.additional_fine import fallen_due
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    last, due = fallen_due(facts, step)
    if last is None or step.data["amount_fen"] <= due:
        return None
    inside = [(first, end) for first, end in pauses(facts, step.data["until_on"]) if end > last]
    if not inside:
        return None
    spans = "、".join(f"{day_text(first)}至{day_text(end)}" for first, end in inside)
    return Breach(
        f"复议、诉讼期间不计加处罚款：{spans}不计，应为{yuan(due)}，加处了{yuan(step.data['amount_fen'])}",
        "扣除复议、诉讼期间后重新计算；多收的退还当事人",
    )


register(
    Rule(
        id="R-APL-73-1",
        title="复议、诉讼期间不计加处罚款",
        article="行政处罚法第七十三条第三款",
        article_before="行政处罚法（2017年修正）第五十一条",
        guard=guard,
    )
)
