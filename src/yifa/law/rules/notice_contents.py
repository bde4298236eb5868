"""Does the prior notice tell everything it must? APL art. 44."""

from __future__ import annotations

from yifa.law.rules.rule import Rule, register
from yifa.law.summary.evaluator import table_guard

register(
    Rule(
        id="R-APL-44-1",
        title="事先告知载明拟处罚内容、事实、理由、依据和权利",
        article="行政处罚法第四十四条",
        article_before="行政处罚法（2017年修正）第三十一条",
        guard=table_guard("R-APL-44-1"),
    )
)
