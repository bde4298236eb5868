"""Is a party without capacity left unpunished? APL art. 31."""

from __future__ import annotations

from yifa.law.rules.rule import Rule, register
from yifa.law.summary.evaluator import table_guard

register(
    Rule(
        id="R-APL-31-1",
        title="没有责任能力的不予处罚",
        article="行政处罚法第三十一条",
        article_before="行政处罚法（2017年修正）第二十六条",
        guard=table_guard("R-APL-31-1"),
    )
)
