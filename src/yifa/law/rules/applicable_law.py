"""Is the act judged by the text of its own day, or a later one until the decision? APL art. 37 (从旧兼从轻)."""

from __future__ import annotations

from datetime import date

from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def governing_day(facts: Facts, step: Event) -> date:
    """The day whose text governs: when the act ended; of one that goes on the day of the decision."""
    ended_on = facts.record.violation.ended_on
    return step.day if ended_on is None or ended_on > step.day else ended_on


def guard(facts: Facts, step: Event) -> Breach | None:
    chosen = step.get("law_as_of")
    if chosen is None or not is_penalty(step):
        return None
    own = governing_day(facts, step)
    if chosen < own:
        what = f"早于违法行为终了之日{day_text(own)}" if own != step.day else "而违法行为至决定时仍在继续"
    elif chosen > step.day:
        what = f"晚于作出决定之日{day_text(step.day)}"
    else:
        return None
    return Breach(
        f"请按从旧兼从轻原则选择法律版本：决定适用{day_text(chosen)}的文本，{what}",
        f"适用{day_text(own)}有效的文本；作出决定时的文本处罚较轻或者不认为违法的，适用该文本",
    )


register(
    Rule(
        id="R-APL-37-1",
        title="按从旧兼从轻原则选择法律版本",
        article="行政处罚法第三十七条",
        article_before="行政处罚法（2017年修正）第四条第三款",
        guard=guard,
    )
)
