"""Was the suit answered in time? ALL art. 67."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.answers import answer_clock
from yifa.law.facts import Facts
from yifa.law.findings import Gap, Running
from yifa.law.rules.rule import Rule, register


def clock(facts: Facts) -> Iterator[Running | Gap]:
    return answer_clock(facts, "litigation", "行政诉讼答辩举证", lambda filed, on: "litigation_answer_days")


register(
    Rule(
        id="R-ALL-67-1",
        title="按时应诉举证",
        article="行政诉讼法第六十七条",
        clock=clock,
    )
)
