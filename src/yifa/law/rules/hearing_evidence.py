"""Does the decision rest on evidence shown at the hearing? APL art. 65."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    hearings = [one for one in facts.before(step, "hearing_held") if one.data["attendance"] == "attended"]
    if step.bare or not hearings:
        return None
    shown = {name for hearing in hearings for name in hearing.data["evidence"]}
    unseen = [name for name in step.data["evidence"] if name not in shown]
    if not unseen:
        return None
    return Breach(
        f"决定使用了未经听证质证的证据：{'、'.join(unseen)}",
        "不以该证据作为决定的依据，或者听取当事人对该证据的意见后再作决定",
    )


register(
    Rule(
        id="R-APL-65-1",
        title="根据听证笔录作出决定",
        article="行政处罚法第六十五条",
        article_before="行政处罚法（2017年修正）第四十三条",
        severity=WARNS,
        guard=guard,
    )
)
