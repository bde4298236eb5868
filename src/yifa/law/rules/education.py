"""Was the party educated where no penalty is given? APL art. 33 para. 3."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import DECISIONS, Facts, day_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    decisions = facts.before(step, *DECISIONS)
    if (
        not decisions
        or decisions[-1].data["outcome"] != "no_penalty"
        or facts.last_before(step, "education_given")
    ):
        return None
    return Breach(
        f"不予处罚案件缺少教育记录：{day_text(decisions[-1].day)}决定不予处罚",
        "对当事人进行教育并制作教育记录后再结案",
    )


register(
    Rule(
        id="R-APL-33-3",
        title="不予处罚的有教育记录",
        article="行政处罚法第三十三条第三款",
        since=APL_2021,
        guard=guard,
    )
)
