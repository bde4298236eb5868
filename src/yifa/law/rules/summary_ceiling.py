"""May this penalty be decided on the spot? Summary procedure (简易程序), APL art. 51."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty, yuan
from yifa.law.findings import Breach
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

SUMMARY_KINDS = frozenset({"warning", "fine"})


def guard(facts: Facts, step: Event) -> Breach | None:
    if not is_penalty(step):
        return None
    penalty = facts.penalty_at(step)
    faults = [label("penalty_kind", kind) for kind in penalty.kinds if kind not in SUMMARY_KINDS]
    if penalty.confiscation_fen and not faults:
        faults.append(f"没收{yuan(penalty.confiscation_fen)}")
    ceiling = facts.param(f"summary_fine_{facts.acts_as}", step.day).value
    if penalty.fine_fen > ceiling:
        whom = label("party_kind", facts.record.party.kind)
        return Breach(
            f"罚款数额超过简易程序上限：拟罚款{yuan(penalty.fine_fen)}，对{whom}当场罚款不得超过{yuan(ceiling)}",
            "转为普通程序：立案、调查、告知后再作决定",
        )
    if faults:
        return Breach(
            f"简易程序只能给予警告或者罚款，本决定含{'、'.join(faults)}",
            "转为普通程序：立案、调查、告知后再作决定",
        )
    return None


register(
    Rule(
        id="R-APL-51-1",
        title="简易程序的处罚种类和数额",
        article="行政处罚法第五十一条",
        article_before="行政处罚法（2017年修正）第三十三条",
        guard=guard,
    )
)
