"""Did officers collect a fine without a ground? APL art. 67."""

from __future__ import annotations

from yifa.law.rules.rule import Rule, register
from yifa.law.summary.evaluator import table_guard

register(
    Rule(
        id="R-APL-67-1",
        title="执法人员不自行收缴罚款",
        article="行政处罚法第六十七条",
        article_before="行政处罚法（2017年修正）第四十六条",
        guard=table_guard("R-APL-67-1"),
    )
)
