"""Was every point of the party's statement re-examined? APL art. 45 para. 1."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    statements = facts.before(step, "statement_made")
    if not statements or not is_penalty(step):
        return None
    answers = facts.before(step, "statement_reexamined")
    open_points = [
        (event, point)
        for event in statements
        for point in event.data["points"]
        if not any(one.index > event.index and point in one.data["results"] for one in answers)
    ]
    if not open_points:
        return None
    named = "、".join(
        dict.fromkeys(f"{day_text(event.day)}第{point.lstrip('p')}点" for event, point in open_points)
    )
    return Breach(
        f"当事人陈述申辩未复核：{named}没有复核结果",
        "对当事人提出的事实、理由和证据逐点复核并记明是否采纳，再作决定",
    )


register(
    Rule(
        id="R-APL-45-1",
        title="陈述申辩逐点复核",
        article="行政处罚法第四十五条第一款",
        article_before="行政处罚法（2017年修正）第三十二条第一款",
        guard=guard,
    )
)
