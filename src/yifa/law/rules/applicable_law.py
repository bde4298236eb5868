"""Is the act judged by the text of its own day, or a later one until the decision? APL art. 37 (从旧兼从轻)."""

from __future__ import annotations

from datetime import date

from yifa.law.facts import Facts, day_text, is_penalty, yuan
from yifa.law.findings import Breach, Gap
from yifa.law.limits import Limits, limits, matter_of
from yifa.law.packs import Matter
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def governing_day(facts: Facts, step: Event) -> date:
    """The day whose text governs: when the act ended; of one that goes on the day of the decision."""
    ended_on = facts.record.violation.ended_on
    return step.day if ended_on is None or ended_on > step.day else ended_on


def applied_day(facts: Facts, step: Event) -> date:
    """The day whose text the decision applies: the one it names, else the one that governs."""
    chosen = step.get("law_as_of")
    return chosen if isinstance(chosen, date) else governing_day(facts, step)


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    if not is_penalty(step):
        return None
    chosen = step.get("law_as_of")
    return (chosen and _outside(facts, step, chosen)) or _lighter(facts, step)


def _outside(facts: Facts, step: Event, chosen: date) -> Breach | None:
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


def _lighter(facts: Facts, step: Event) -> Breach | Gap | None:
    """Where the range changed between act and decision: is the lighter of the two texts applied?"""
    matter = matter_of(facts)
    if isinstance(matter, Gap) or not matter.earlier or step.bare:
        return None
    own, chosen = governing_day(facts, step), applied_day(facts, step)
    found = {day: _weight(facts, matter.on(day), step.day) for day in (own, step.day, chosen)}
    gap = next((one for one in found.values() if isinstance(one, Gap)), None)
    if gap is not None:
        return gap
    weights = {day: one for day, one in found.items() if not isinstance(one, Gap)}
    best = own if weights[own] <= weights[step.day] else step.day
    if weights[chosen] <= weights[best]:
        return None
    which = "违法行为终了时" if best == own else "作出决定时"
    return Breach(
        f"请按从旧兼从轻原则选择法律版本：{which}（{day_text(best)}）的文本较轻，为{_words(weights[best])}；"
        f"决定适用{day_text(chosen)}的文本，为{_words(weights[chosen])}",
        f"适用{day_text(best)}有效的文本（{matter.on(best).basis}），重新确定处罚",
    )


Weight = tuple[int, int]


def _weight(facts: Facts, matter: Matter, on: date) -> Weight | Gap:
    """How heavy a text is: its highest fine, then its lowest; nothing where it does not punish."""
    if not matter.punished:
        return 0, 0
    found: Limits | Gap = limits(facts, matter, on)
    return found if isinstance(found, Gap) else (found.max, found.min)


def _words(weight: Weight) -> str:
    high, low = weight
    return f"罚款{yuan(low)}至{yuan(high)}" if high else "不处罚"


register(
    Rule(
        id="R-APL-37-1",
        title="按从旧兼从轻原则选择法律版本",
        article="行政处罚法第三十七条",
        article_before="行政处罚法（2017年修正）第四条第三款",
        guard=guard,
    )
)
