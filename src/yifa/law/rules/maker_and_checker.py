"""Were making and checking of a posting in two hands? Notice 118 of 2018."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach, Gap
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    if step.bare:
        return None
    made_by, checked_by = step.get("made_by"), step.get("checked_by")
    if made_by is None or checked_by is None:
        return Gap("key_absent", "没有记入公示的制作人或者审核人（made_by、checked_by）")
    if made_by != checked_by:
        return None
    return Breach(
        f"公示的制作人和审核人是同一人（{facts.name(made_by)}）",
        "由另一人审核公示内容后再公示",
    )


register(
    Rule(
        id="PUB-04",
        title="公示的制作与审核分离",
        article="国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见",
        guard=guard,
    )
)
