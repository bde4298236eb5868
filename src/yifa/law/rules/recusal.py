"""Is a recused person kept away, and every request decided? Recusal (回避), APL art. 43."""

from __future__ import annotations

from yifa.law.facts import DECISIONS, Facts, day_text, needs_two_officers
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if "recusal_requested" not in facts.by_kind and "recusal_decided" not in facts.by_kind:
        return None
    if not step.bare and (needs_two_officers(step) or step.kind in DECISIONS):
        out = _recused(facts, step).intersection((*step.by, step.get("approved_by")))
        if out:
            return Breach(
                f"应回避人员仍参与办案：{facts.names(sorted(out))}已被决定回避",
                "换由其他执法人员重新进行该环节，由其取得的材料不作为依据",
            )
    return _undecided(facts, step) if step.kind in DECISIONS else None


def _recused(facts: Facts, step: Event) -> set[str]:
    return {event.data["person"] for event in facts.before(step, "recusal_decided") if event.data["granted"]}


def _undecided(facts: Facts, step: Event) -> Breach | None:
    decided = facts.before(step, "recusal_decided")
    for request in facts.before(step, "recusal_requested"):
        who = request.data["person"]
        if not any(event.index > request.index and event.data["person"] == who for event in decided):
            return Breach(
                f"回避申请未处理：{day_text(request.day)}对{facts.name(who)}的回避申请没有决定",
                "由机关负责人作出是否回避的决定，再作处罚决定",
            )
    return None


register(
    Rule(
        id="R-APL-43-1",
        title="回避申请已决定，回避人员不参与",
        article="行政处罚法第四十三条",
        article_before="行政处罚法（2017年修正）第三十七条第三款",
        guard=guard,
    )
)
