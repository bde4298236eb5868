"""Where the matter wants correction first: was there an order, and a recheck that found it not obeyed? APL art. 28."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach, Gap
from yifa.law.limits import matter_of
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    if not is_penalty(step):
        return None
    matter = matter_of(facts)
    if isinstance(matter, Gap):
        return matter
    if not matter.correction_first:
        return None
    orders = facts.before(step, "correction_ordered")
    if any(_disobeyed(facts, step, order) for order in orders):
        return None
    state = (
        "没有责令改正"
        if not orders
        else f"改正期限至{day_text(orders[-1].data['due_on'])}，期满后没有复查确认逾期不改正"
    )
    return Breach(
        f"该事项须先责令限期改正，逾期不改正（拒不改正）才能处罚：{state}（{matter.basis}）",
        "责令限期改正并送达，期满复查并制作记录；当事人已改正的，不予处罚",
    )


def _disobeyed(facts: Facts, step: Event, order: Event) -> bool:
    return any(
        check.index > order.index
        and not check.data["corrected"]
        and (check.data["refused"] or check.day > order.data["due_on"])
        for check in facts.before(step, "correction_rechecked")
    )


register(
    Rule(
        id="R-APL-28-2",
        title="须先责令改正的事项逾期不改正才处罚",
        article="行政处罚法第二十八条第一款",
        article_before="行政处罚法（2017年修正）第二十三条",
        guard=guard,
    )
)
