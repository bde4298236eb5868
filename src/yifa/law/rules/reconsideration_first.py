"""Does the on-the-spot decision tell of reconsideration first? ARL art. 23."""

from __future__ import annotations

from yifa.law.editions import ARL_2023
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    first = facts.param("reconsideration_first_for_summary", step.day).value
    if step.bare or not first or step.data["remedy_text"] == "reconsideration_first":
        return None
    return Breach(
        "当场处罚应告知当事人先申请行政复议：决定书的救济告知是一般文本",
        "改用“先申请行政复议，对复议决定不服再起诉”的告知文本",
    )


register(
    Rule(
        id="R-ARL-23-1",
        title="当场处罚告知复议前置",
        article="行政复议法第二十三条第一款第一项",
        since=ARL_2023,
        guard=guard,
    )
)
