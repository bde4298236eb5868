"""Was a penalty that is to be published published in time? 国办发〔2018〕118号, APL art. 48."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.facts import DECISIONS, Facts, day_text
from yifa.law.findings import WARNS, Breach, Gap, Running
from yifa.law.record.model import Event
from yifa.law.remedies import TURNED
from yifa.law.rules.rule import Rule, register

TURNING = ("decision_changed", "reconsideration_decided", "litigation_decided")


def clock(facts: Facts) -> Iterator[Running | Gap]:
    for kind in DECISIONS:
        for decision in facts.all(kind):
            if decision.data["outcome"] != "penalty":
                continue
            publish = decision.get("to_publish")
            if publish is None:
                yield Gap("key_absent", "决定没有记入是否公开（to_publish）")
            elif publish:
                yield _one(facts, decision)


def _one(facts: Facts, decision: Event) -> Running:
    due = facts.due("publicity_days", decision)
    stop = _stop(facts, decision)
    seen_on = stop.day if stop is not None else facts.at.date()
    state = "至今没有公示"
    if stop is not None:
        how = "才公示" if stop.kind == "publicity_posted" else "决定被撤销时仍没有公示"
        state = f"{day_text(stop.day)}{how}"
    breach = Breach(
        f"处罚决定信息应在{day_text(due.due_on)}前公示：{day_text(decision.day)}作出决定，{state}",
        "在案卷中说明迟延公示的理由" if stop is not None else "审核隐去后立即公示，并报送有关平台",
    )
    return Running(decision, due, stop, breach, late=seen_on > due.due_on)


def _stop(facts: Facts, decision: Event) -> Event | None:
    """The first posting from the day of the decision on, or the undoing of the decision. A posting may bear a bare day."""
    posted = [one for one in facts.all("publicity_posted") if one.day >= decision.day]
    undone = [one for one in facts.after(decision, *TURNING) if one.data["result"] in TURNED]
    return min(posted + undone, key=lambda one: one.index, default=None)


register(
    Rule(
        id="PUB-01",
        title="处罚决定信息按时公示",
        article="国办发〔2018〕118号",
        severity=WARNS,
        clock=clock,
    )
)
