"""Is the on-the-spot decision on a numbered form and complete? APL art. 52."""

from __future__ import annotations

from yifa.law.rules.rule import Rule, register
from yifa.law.summary.evaluator import table_guard

register(
    Rule(
        id="R-APL-52-1",
        title="当场处罚决定书编号、要素齐全",
        article="行政处罚法第五十二条",
        article_before="行政处罚法（2017年修正）第三十四条",
        guard=table_guard("R-APL-52-1"),
    )
)
