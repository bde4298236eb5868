"""Does the on-the-spot decision tell of reconsideration first? ARL art. 23."""

from __future__ import annotations

from yifa.law.editions import ARL_2023
from yifa.law.rules.rule import Rule, register
from yifa.law.summary.evaluator import table_guard

register(
    Rule(
        id="R-ARL-23-1",
        title="当场处罚告知复议前置",
        article="行政复议法第二十三条第一款第一项",
        since=ARL_2023,
        guard=table_guard("R-ARL-23-1"),
    )
)
