"""Did officers collect a fine without a ground? APL art. 67."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["collector"] != "officers" or step.data["ground"] is not None:
        return None
    return Breach(
        "执法人员不得自行收缴罚款：没有当场收缴的法定情形",
        "告知当事人到指定银行或者通过电子支付系统缴纳；已收的款项立即退还或者上交并说明情况",
    )


register(
    Rule(
        id="R-APL-67-1",
        title="执法人员不自行收缴罚款",
        article="行政处罚法第六十七条",
        article_before="行政处罚法（2017年修正）第四十六条",
        guard=guard,
    )
)
