"""Was the party told and heard before the decision? APL art. 62."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if not is_penalty(step):
        return None
    notice = facts.last_before(step, "prior_notice_served")
    if notice is None:
        return Breach(
            "未告知拟处罚的内容、事实、理由、依据和权利，不得作出决定：决定之前没有事先告知",
            "先告知当事人并听取陈述申辩，再作决定",
        )
    if step.kind == "summary_decision_made":
        return _summary(facts, step, notice)
    return _statement_period(facts, step, notice) or _hearing_period(facts, step, notice)


def _since(facts: Facts, step: Event, notice: Event, *kinds: str) -> bool:
    return any(event.index > notice.index for event in facts.before(step, *kinds))


def _summary(facts: Facts, step: Event, notice: Event) -> Breach | None:
    if _since(facts, step, notice, "statement_made", "statement_waived"):
        return None
    return Breach(
        "告知后没有听取当事人陈述申辩，也没有记明其放弃，不得当场作出决定",
        "听取并记录当事人的陈述申辩，或者记明其明确放弃，再作决定",
    )


def _statement_period(facts: Facts, step: Event, notice: Event) -> Breach | None:
    if _since(facts, step, notice, "statement_waived"):
        return None
    last = facts.due("defence_days", notice, roll=True).due_on
    if step.day > last:
        return None
    return Breach(
        f"陈述申辩期未满，不得作出决定：{day_text(notice.day)}告知，期限至{day_text(last)}，当事人没有明确放弃",
        f"{day_text(last)}过后，或者当事人明确放弃陈述申辩后，再作决定",
    )


def _hearing_period(facts: Facts, step: Event, notice: Event) -> Breach | None:
    if not notice.data["hearing_right_told"] or _since(facts, step, notice, "hearing_waived", "hearing_held"):
        return None
    last = facts.due("hearing_request_days", notice, roll=True).due_on
    if step.day > last:
        return None
    return Breach(
        f"要求听证的期限未满，不得作出决定：{day_text(notice.day)}告知听证权利，期限至{day_text(last)}",
        f"{day_text(last)}过后当事人没有要求听证，或者当事人明确放弃听证后，再作决定",
    )


register(
    Rule(
        id="R-APL-62-1",
        title="告知并听取陈述申辩之后才作决定",
        article="行政处罚法第六十二条",
        article_before="行政处罚法（2017年修正）第四十一条",
        guard=guard,
    )
)
