"""Was a measure lifted once the case was decided and it was no longer needed? ACL art. 28."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach, Running
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules.measure_period import lifted
from yifa.law.rules.rule import Rule, register

TRIGGERS = ("opening_declined", "decision_made", "summary_decision_made", "case_closed")


def clock(facts: Facts) -> Iterator[Running]:
    for order in facts.all("measure_ordered"):
        trigger = next(
            (one for one in facts.after(order, *TRIGGERS) if one.get("outcome") != "transfer"), None
        )
        stop = lifted(facts, order)
        if trigger is None or (stop is not None and stop.index < trigger.index):
            continue
        yield _one(facts, trigger, stop)


def _one(facts: Facts, trigger: Event, stop: Event | None) -> Running:
    due = facts.due("measure_release_days", trigger)
    seen_on = stop.day if stop is not None else facts.at.date()
    state = f"{day_text(stop.day)}才解除" if stop is not None else "至今没有解除"
    breach = Breach(
        f"已具备解除条件，应立即解除查封扣押：{day_text(trigger.day)}{label('event_kind', trigger.kind)}，{state}",
        "在案卷中说明迟延解除的理由"
        if stop is not None
        else "立即解除查封扣押并退还财物；依法没收的作出处理决定",
    )
    return Running(trigger, due, stop, breach, late=seen_on > due.due_on)


register(
    Rule(
        id="R-ACL-28-1",
        title="具备解除条件的立即解除查封扣押",
        article="行政强制法第二十八条",
        clock=clock,
    )
)
