"""Does the prior notice tell everything it must? APL art. 44."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.labels import labels
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    names = labels("notice_content")
    missing = [name for key, name in names.items() if key not in step.data["contents"]]
    if not missing:
        return None
    return Breach(
        f"事先告知书内容不完整：缺少{'、'.join(missing)}",
        f"补齐{'、'.join(missing)}，重新制作并送达事先告知书，陈述申辩期限重新计算",
    )


register(
    Rule(
        id="R-APL-44-1",
        title="事先告知载明拟处罚内容、事实、理由、依据和权利",
        article="行政处罚法第四十四条",
        article_before="行政处罚法（2017年修正）第三十一条",
        guard=guard,
    )
)
