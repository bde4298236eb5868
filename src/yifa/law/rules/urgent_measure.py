"""Was an urgent measure approved within the hours allowed? ACL art. 19."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Running
from yifa.law.rules.rule import Rule, register


def clock(facts: Facts) -> Iterator[Running]:
    for order in facts.all("measure_ordered"):
        if not order.data["urgent"]:
            continue
        due = facts.due("urgent_measure_hours", order)
        approved_at = order.data["approved_at"]
        approved = approved_at is not None and approved_at <= facts.at
        last = due.due_at
        assert last is not None
        breach = Breach(
            f"紧急强制措施应在{day_text(last.date())}{last:%H:%M}前补办批准，"
            f"{f'{approved_at:%m-%d %H:%M}才批准' if approved else '至今没有批准'}",
            "在案卷中说明逾期理由" if approved else "立即报告负责人补办批准；不批准的立即解除",
        )
        seen_at = approved_at if approved else facts.at
        yield Running(order, due, order if approved else None, breach, late=seen_at > last)


register(
    Rule(
        id="R-ACL-19-1",
        title="紧急查封扣押按时补办批准",
        article="行政强制法第十九条",
        clock=clock,
    )
)
