"""Was a factor that demands leniency taken into account? APL art. 32."""

from __future__ import annotations

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import WARNS, Breach
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

NOT_OF_THIS_ARTICLE = "no_fault"


def guard(facts: Facts, step: Event) -> Breach | None:
    factors = [key for key in facts.record.violation.circumstances if key != NOT_OF_THIS_ARTICLE]
    if step.bare or not factors or not is_penalty(step) or step.data["leniency"] != "none":
        return None
    named = "、".join(label("circumstance", key) for key in factors)
    return Breach(
        f"存在应当从轻或者减轻情节（{named}），请在裁量说明中体现",
        "从轻或者减轻处罚；不予从轻、减轻的，在裁量说明中写明理由",
        reason=step.data["deviation_reason"],
    )


register(
    Rule(
        id="R-APL-32-1",
        title="应当从轻、减轻的情节在裁量中体现",
        article="行政处罚法第三十二条",
        article_before="行政处罚法（2017年修正）第二十七条第一款",
        severity=WARNS,
        guard=guard,
    )
)
