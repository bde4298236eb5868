"""Was the receipt of the finance department given? APL art. 70."""

from __future__ import annotations

from yifa.law.rules.rule import Rule, register
from yifa.law.summary.evaluator import table_guard

register(
    Rule(
        id="R-APL-70-1",
        title="当场收缴出具专用票据",
        article="行政处罚法第七十条",
        article_before="行政处罚法（2017年修正）第四十九条",
        guard=table_guard("R-APL-70-1"),
    )
)
