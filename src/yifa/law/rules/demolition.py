"""Was a forced demolition announced, and the time to challenge the decision over? ACL art. 44."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.remedies import last_decision, remedy
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["action"] != "demolition":
        return None
    faults = [] if step.data["announced"] else ["没有公告限期自行拆除"]
    decision = last_decision(facts, step)
    if decision is None:
        faults.append("没有处罚决定")
    else:
        state = remedy(facts, decision, step)
        if state.pending:
            faults.append(state.pending)
        elif state.ended_on is not None and step.day <= state.ended_on:
            faults.append(f"申请复议、提起诉讼的期限至{day_text(state.ended_on)}")
    if not faults:
        return None
    return Breach(
        f"强制拆除前须公告且复议、诉讼期限届满：{'；'.join(faults)}",
        "停止拆除；公告限期自行拆除，法定期限届满当事人不申请复议、不起诉又不拆除的，再依法强制拆除",
    )


register(
    Rule(
        id="R-ACL-44-1",
        title="强制拆除前公告且复议、诉讼期限届满",
        article="行政强制法第四十四条",
        guard=guard,
    )
)
