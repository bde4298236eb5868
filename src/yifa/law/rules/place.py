"""Did the act happen inside the organ's territory? APL art. 22."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    place, own = facts.record.violation.territory, facts.record.agency.territory
    if place[:6] == own[:6]:
        return None
    return Breach(
        f"违法行为发生地（区划代码{place}）不在本机关管辖区域（{own[:6]}）",
        "核对发生地的区划代码；确不在本区的，移送发生地有管辖权的机关",
    )


register(
    Rule(
        id="R-APL-22-1",
        title="违法行为发生地在管辖区域内",
        article="行政处罚法第二十二条",
        article_before="行政处罚法（2017年修正）第二十条",
        guard=guard,
    )
)
