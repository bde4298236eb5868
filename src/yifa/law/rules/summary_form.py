"""Is the on-the-spot decision on a numbered form and complete? APL art. 52."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

ASKED = ("facts", "basis", "remedies", "organ_and_date")


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    faults = [f"缺少{label('decision_content', key)}" for key in ASKED if key not in step.data["contents"]]
    if not step.data["numbered_form"]:
        faults.append("没有使用编有号码的预定格式")
    if step.data["signed"] == "no":
        faults.append("当事人没有签名，也没有注明拒签")
    if not faults:
        return None
    return Breach(
        f"当场处罚决定书要素不全：{'；'.join(faults)}",
        "使用编有号码的当场处罚决定书，补齐要素；当事人拒签的在决定书上注明",
    )


register(
    Rule(
        id="R-APL-52-1",
        title="当场处罚决定书编号、要素齐全",
        article="行政处罚法第五十二条",
        article_before="行政处罚法（2017年修正）第三十四条",
        guard=guard,
    )
)
