"""Was it decided in time whether to open a case? APL art. 76 para. 2."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.facts import Facts, day_text
from yifa.law.findings import WARNS, Breach, Running
from yifa.law.rules.rule import Rule, register

STOPS = ("opening_approved", "opening_declined", "summary_decision_made", "case_closed")


def clock(facts: Facts) -> Iterator[Running]:
    for lead in facts.all("lead_registered"):
        due = facts.due("filing_decision_days", lead)
        stop = next(iter(facts.after(lead, *STOPS)), None)
        seen_on = stop.day if stop is not None else facts.at.date()
        state = f"{day_text(stop.day)}才决定" if stop is not None else "至今没有决定是否立案"
        breach = Breach(
            f"线索核查超期：{day_text(lead.day)}登记，应在{day_text(due.due_on)}前决定是否立案，{state}",
            "在案卷中说明超期理由"
            if stop is not None
            else "立即决定是否立案；不予立案的说明理由并告知举报人",
        )
        yield Running(lead, due, stop, breach, late=seen_on > due.due_on)


register(
    Rule(
        id="R-APL-54-2",
        title="按时决定是否立案",
        article="行政处罚法第七十六条第二款",
        article_before="行政处罚法（2017年修正）第三十六条",
        severity=WARNS,
        clock=clock,
    )
)
