"""Was it decided whether the decision is published, and was the public text redacted? APL art. 48 para. 1."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts
from yifa.law.findings import WARNS, Breach, Gap
from yifa.law.record.model import Event
from yifa.law.remedies import last_decision
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    decision = last_decision(facts, step)
    if decision is None:
        return None
    publish = decision.get("to_publish")
    if publish is None:
        return Gap("key_absent", "决定没有记入是否公开（to_publish）")
    if not publish:
        return None
    postings = facts.before(step, "publicity_posted")
    if not postings:
        return Breach("处罚决定应当公开，结案时还没有公示", "完成公开审查并公示；不公开的，在决定中记明理由")
    if any(not one.data["redacted"] and one.get("text") is not None for one in postings):
        return Breach(
            "处罚决定未完成公开审查：公示文本没有经过隐去审查",
            "由审核人核对文本，隐去不得公开的内容后更新公示",
        )
    if any(not one.data["redacted"] for one in postings):
        return Gap("key_absent", "没有记入公示的文本（text），不能判断是否完成公开审查")
    return None


register(
    Rule(
        id="R-APL-48-1",
        title="处罚决定完成公开审查",
        article="行政处罚法第四十八条第一款",
        severity=WARNS,
        since=APL_2021,
        guard=guard,
    )
)
