"""Was the on-the-spot decision filed with the organ in time? APL art. 52 para. 3."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.facts import Facts, day_text
from yifa.law.findings import WARNS, Breach, Running
from yifa.law.rules.rule import Rule, register


def clock(facts: Facts) -> Iterator[Running]:
    for decision in facts.all("summary_decision_made"):
        due = facts.due("summary_filing_days", decision)
        stop = next(iter(facts.after(decision, "summary_decision_filed")), None)
        seen_on = stop.day if stop is not None else facts.at.date()
        state = f"{day_text(stop.day)}才备案" if stop is not None else "至今没有备案"
        breach = Breach(
            f"当场处罚决定未按时备案：{day_text(decision.day)}作出，应在{day_text(due.due_on)}前备案，{state}",
            "在案卷中说明迟延备案的理由" if stop is not None else "立即报所属机关备案",
        )
        yield Running(decision, due, stop, breach, late=seen_on > due.due_on)


register(
    Rule(
        id="R-APL-52-2",
        title="当场处罚决定按时备案",
        article="行政处罚法第五十二条第三款",
        article_before="行政处罚法（2017年修正）第三十四条第三款",
        severity=WARNS,
        clock=clock,
    )
)
