"""Was a suspected crime put to the transfer decision before a penalty? APL art. 27."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if not facts.record.violation.crime_suspected or not is_penalty(step):
        return None
    if facts.last_before(step, "judicial_transfer_decided") is not None:
        return None
    return Breach(
        "案件涉嫌犯罪，应先办理移送，不得以罚代刑：决定之前没有移送决定",
        "报负责人作出是否移送的决定；移送的，等司法机关处理后再定是否处罚",
    )


register(
    Rule(
        id="R-APL-27-1",
        title="涉嫌犯罪的先办理移送",
        article="行政处罚法第二十七条",
        article_before="行政处罚法（2017年修正）第二十二条",
        guard=guard,
    )
)
