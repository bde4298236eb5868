"""Was advance registration and preservation (先行登记保存) approved by the head and settled in time? APL art. 56."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Running
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or facts.has_role(step.data["approved_by"], "head"):
        return None
    who = step.data["approved_by"]
    state = f"{facts.name(who)}不是负责人" if who else "没有批准人"
    return Breach(
        f"先行登记保存未经机关负责人批准：{state}",
        "报机关负责人批准后再登记保存；已经保存的立即补办批准或者解除",
    )


def clock(facts: Facts) -> Iterator[Running]:
    for order in facts.all("preservation_ordered"):
        due = facts.due("preservation_days", order)
        stop = next(
            (
                event
                for event in facts.after(order, "preservation_disposed")
                if event.data["id"] == order.data["id"]
            ),
            None,
        )
        seen_on = stop.day if stop is not None else facts.at.date()
        state = f"{day_text(stop.day)}才处理" if stop is not None else "至今没有处理"
        breach = Breach(
            f"{day_text(order.day)}先行登记保存的物品应在{day_text(due.due_on)}前作出处理决定，{state}",
            "说明逾期理由；逾期期间的保存不再作为证据保全"
            if stop is not None
            else "立即作出处理决定，没有处理依据的即行返还",
        )
        yield Running(order, due, stop, breach, late=seen_on > due.due_on)


register(
    Rule(
        id="R-APL-56-1",
        title="先行登记保存经批准并按时处理",
        article="行政处罚法第五十六条",
        article_before="行政处罚法（2017年修正）第三十七条第二款",
        guard=guard,
        clock=clock,
    )
)
