"""Was the certificate shown and the record signed? APL art. 55."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    faults = [] if step.data["certificate_shown"] else ["没有出示执法证件"]
    if step.data["signed"] == "no":
        faults.append("当事人没有签名，也没有注明拒签")
    if not faults:
        return None
    return Breach(
        f"“{label('event_kind', step.kind)}”不合要求：{'；'.join(faults)}",
        "主动出示证件并记入笔录，由当事人签名；拒签的由两名执法人员注明，必要时重新制作",
    )


register(
    Rule(
        id="R-APL-55-1",
        title="询问、检查出示证件并制作笔录",
        article="行政处罚法第五十五条",
        article_before="行政处罚法（2017年修正）第三十七条第一款",
        guard=guard,
    )
)
