"""Does the written decision state all it must, under seal? APL art. 59."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.labels import labels
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

NOT_OF_THIS_ARTICLE = "payee"


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["outcome"] != "penalty":
        return None
    names = labels("decision_content")
    missing = [
        name for key, name in names.items() if key != NOT_OF_THIS_ARTICLE and key not in step.data["contents"]
    ]
    faults = [f"缺少{'、'.join(missing)}"] if missing else []
    if not step.data["sealed"]:
        faults.append("没有加盖机关印章")
    if not faults:
        return None
    return Breach(
        f"处罚决定书缺少法定事项或者未盖章：{'；'.join(faults)}",
        "补齐法定事项并加盖机关印章后再送达；已经送达的，依法更正",
    )


register(
    Rule(
        id="R-APL-59-1",
        title="决定书载明法定事项并盖章",
        article="行政处罚法第五十九条",
        article_before="行政处罚法（2017年修正）第三十九条",
        guard=guard,
    )
)
