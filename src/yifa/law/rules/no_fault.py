"""Is a party who proved no fault left unpunished? APL art. 33 para. 2."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.rules.rule import Rule, register
from yifa.law.summary.evaluator import table_guard

register(
    Rule(
        id="R-APL-33-4",
        title="没有主观过错的不予处罚",
        article="行政处罚法第三十三条第二款",
        since=APL_2021,
        guard=table_guard("R-APL-33-4"),
    )
)
