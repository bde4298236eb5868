"""Does the ground of on-the-spot collection hold? APL art. 68, 69."""

from __future__ import annotations

from yifa.law.facts import Facts, yuan
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["collector"] != "officers" or step.data["ground"] is None:
        return None
    fault = _fault(facts, step, step.data["ground"])
    if not fault:
        return None
    return Breach(f"不符合当场收缴罚款的条件：{fault}", "告知当事人到指定银行或者通过电子支付系统缴纳")


def _fault(facts: Facts, step: Event, ground: str) -> str:
    if ground == "remote":
        return "" if step.data["requested_by_party"] else "边远不便地区当场收缴须由当事人提出"
    decision = facts.last_before(step, "summary_decision_made")
    if decision is None:
        return "不是当场作出的处罚决定"
    if ground == "hard_to_execute":
        return ""
    ceiling = facts.param("on_spot_collection_fine", decision.day).value
    fine = decision.data["penalty"].fine_fen
    return "" if fine <= ceiling else f"罚款{yuan(fine)}，超过当场收缴的数额{yuan(ceiling)}"


register(
    Rule(
        id="R-APL-68-1",
        title="当场收缴罚款的情形成立",
        article="行政处罚法第六十八条",
        article_before="行政处罚法（2017年修正）第四十七条",
        guard=guard,
    )
)
