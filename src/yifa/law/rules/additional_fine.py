"""Is the additional fine (加处罚款) no more than what has fallen due? APL art. 72 para. 1."""

from __future__ import annotations

from datetime import date

from yifa.law.calendar.surcharge import additional_fine
from yifa.law.facts import Facts, day_text, yuan
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.remedies import last_decision, pauses, payment_due
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    last, due = fallen_due(facts, step)
    charged = step.data["amount_fen"]
    if charged <= due:
        return None
    state = f"缴款期限至{day_text(last)}" if last else "处罚决定没有送达，缴款期限没有起算"
    return Breach(
        f"加处罚款计算有误或者超过罚款本数：{state}，计至{day_text(step.data['until_on'])}应为{yuan(due)}，加处了{yuan(charged)}",
        f"按{yuan(due)}重新计算；多收的退还当事人",
    )


def fallen_due(facts: Facts, step: Event) -> tuple[date | None, int]:
    """(last day to pay, additional fine in 分 up to `until_on`); (None, 0) where nothing was served."""
    decision = last_decision(facts, step)
    last = payment_due(facts, decision, step) if decision is not None else None
    if decision is None or last is None:
        return None, 0
    until = step.data["until_on"]
    return last, additional_fine(
        fine_fen=decision.data["penalty"].fine_fen,
        percent_per_day=facts.param("additional_fine_percent_per_day", step.day).value,
        cap_percent=facts.param("additional_fine_cap_percent", step.day).value,
        due_on=last,
        until_on=until,
        pauses=pauses(facts, until),
    )


register(
    Rule(
        id="R-APL-72-1",
        title="加处罚款按日计算且不超过罚款本数",
        article="行政处罚法第七十二条第一款",
        article_before="行政处罚法（2017年修正）第五十一条",
        guard=guard,
    )
)
