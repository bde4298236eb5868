"""Was the act discovered in time? Limitation (追责时效), APL art. 36."""

from __future__ import annotations

from yifa.law.calendar import deadline
from yifa.law.editions import APL_2021
from yifa.law.facts import Facts, day_text, is_penalty, period_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    violation = facts.record.violation
    ended_on = violation.ended_on
    if ended_on is None or not is_penalty(step):
        return None
    safety = violation.safety_related and violation.harm != "none" and ended_on >= APL_2021
    period = facts.param("limitation_years_safety" if safety else "limitation_years", ended_on)
    last = deadline(start=ended_on, length=period.value, unit=period.unit, holidays=facts.holidays).due_on
    inclusive = facts.param("limitation_anniversary_inclusive", ended_on).value
    if violation.discovered_on < last or (inclusive and violation.discovered_on == last):
        return None
    return Breach(
        f"违法行为已超过追责时效，不得处罚：违法行为{day_text(ended_on)}终了，追责时效{period_text(period)}，"
        f"最后一日为{day_text(last)}，{day_text(violation.discovered_on)}才被发现",
        "核对违法行为终了之日和发现之日；确已超过时效的，不予立案或者撤销案件，仍可依法责令改正",
    )


register(
    Rule(
        id="R-APL-36-1",
        title="违法行为在追责时效内被发现",
        article="行政处罚法第三十六条",
        article_before="行政处罚法（2017年修正）第二十九条",
        guard=guard,
    )
)
