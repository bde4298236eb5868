"""Was a sealing-up or seizure (查封、扣押) taken as art. 18 ACL demands?"""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

DEMANDS = {
    "told_rights": "没有当场告知理由、依据、权利和救济途径",
    "list_delivered": "没有当场交付决定书和清单",
    "certificate_shown": "没有出示执法证件",
    "heard": "没有听取陈述申辩",
}


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    faults = [text for key, text in DEMANDS.items() if not step.data[key]]
    if not step.data["urgent"] and step.data["approved_by"] is None:
        faults.append("实施前没有经负责人批准")
    if not (step.data["party_present"] or step.data["witness"]):
        faults.append("当事人不到场，也没有见证人")
    if step.data["signed"] == "no":
        faults.append("现场笔录没有签名，也没有注明拒签")
    if step.data["necessities"]:
        faults.append("查封扣押了生活必需品")
    if not faults:
        return None
    return Breach(
        f"查封扣押程序要件不全：{'；'.join(faults)}",
        "补齐要件后再实施；已经实施的立即纠正，不能纠正的解除查封扣押",
    )


register(
    Rule(
        id="R-ACL-18-1",
        title="查封扣押程序要件齐全",
        article="行政强制法第十八条",
        guard=guard,
    )
)
