"""Was the same act fined before? APL art. 29."""

from __future__ import annotations

from yifa.law.facts import DECISIONS, Facts, day_text, is_penalty, yuan
from yifa.law.findings import Breach
from yifa.law.record.model import Event, Penalty
from yifa.law.rules.rule import Rule, register

TURNED = frozenset({"changed", "revoked", "unlawful", "void"})
TURNING = ("decision_changed", "reconsideration_decided", "litigation_decided")


def guard(facts: Facts, step: Event) -> Breach | None:
    if not is_penalty(step) or not _fines(facts.penalty_at(step)):
        return None
    for other in facts.record.other_proceedings:
        if other.fine_fen and (other.decided_on is None or other.decided_on <= step.day):
            when = f"{day_text(other.decided_on)}已" if other.decided_on else "已"
            return _breach(f"{other.organ}{when}罚款{yuan(other.fine_fen)}")
    for earlier in facts.before(step, *DECISIONS):
        fined = earlier.data["outcome"] == "penalty" and _fines(earlier.data["penalty"])
        if fined and not _undone(facts, earlier, step):
            return _breach(f"本案{day_text(earlier.day)}已罚款{yuan(earlier.data['penalty'].fine_fen)}")
    return None


def _fines(penalty: Penalty) -> bool:
    return penalty.fine_fen > 0 or "fine" in penalty.kinds


def _undone(facts: Facts, earlier: Event, step: Event) -> bool:
    return any(
        event.index > earlier.index and event.data["result"] in TURNED
        for event in facts.before(step, *TURNING)
    )


def _breach(what: str) -> Breach:
    return Breach(
        f"同一违法行为已被罚款，不得再次罚款：{what}",
        "撤销案件或者改用罚款以外的处罚；原罚款已被撤销的，记明撤销情况",
    )


register(
    Rule(
        id="R-APL-29-1",
        title="同一违法行为不再罚款",
        article="行政处罚法第二十九条",
        article_before="行政处罚法（2017年修正）第二十四条",
        guard=guard,
    )
)
