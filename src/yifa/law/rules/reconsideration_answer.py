"""Was the reconsideration answered in time? ARL art. 48, 54."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yifa.law.answers import answer_clock
from yifa.law.editions import ARL_2023
from yifa.law.facts import Facts
from yifa.law.findings import Gap, Running
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def clock(facts: Facts) -> Iterator[Running | Gap]:
    return answer_clock(facts, "reconsideration", "行政复议答复", _period)


def _period(filed: Event, received: date) -> str:
    """The summary type (简易程序) came with the text of 2023."""
    short = filed.data["procedure"] == "summary" and received >= ARL_2023
    return "reconsideration_summary_answer_days" if short else "reconsideration_answer_days"


register(
    Rule(
        id="R-ARL-48-1",
        title="按时答复行政复议",
        article="行政复议法第四十八条",
        article_before="行政复议法（2017年修正）第二十三条",
        switch=ARL_2023,
        clock=clock,
    )
)
