"""The questions of arts 30 to 33 in their order, answered from the record: must or may the party go unpunished?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yifa.law.facts import Facts
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules import RULES
from yifa.law.rules.age import years_between
from yifa.law.rules.mandatory_leniency import NOT_OF_THIS_ARTICLE
from yifa.law.rules.slight_and_corrected import corrected_in_time

EXEMPT, MAY_EXEMPT, LENIENT, MAY_LENIENT, NO = "exempt", "may_exempt", "lenient", "may_be_lenient", ""
EFFECTS = {
    EXEMPT: "应当不予处罚", MAY_EXEMPT: "可以不予处罚", LENIENT: "应当从轻或者减轻", MAY_LENIENT: "可以从轻或者减轻", NO: "不影响",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One question with its answer. `effect`: what the answer means for the penalty."""

    article: str
    question: str
    answer: str
    effect: str

    @property
    def effect_words(self) -> str:
        return EFFECTS[self.effect]


def lines(facts: Facts, step: Event, tier: str) -> Iterator[Line]:
    """The questions that the text in force on the day of `step` asks."""
    yield _age(facts, step)
    yield _capacity(facts, step)
    yield _factors(facts, step)
    yield _slight(facts, step, tier)
    if _asked("R-APL-33-2", step):
        yield _first(facts, step)
    if _asked("R-APL-33-4", step):
        found = NOT_OF_THIS_ARTICLE in facts.record.violation.circumstances
        yield Line(
            _article("R-APL-33-4", step),
            "有证据足以证明没有主观过错",
            "是" if found else "没有这样的证据",
            EXEMPT if found else NO,
        )


def _asked(rule: str, step: Event) -> bool:
    since = RULES[rule].since
    return since is None or step.day >= since


def _article(rule: str, step: Event) -> str:
    return RULES[rule].article_on(step.day)


def _age(facts: Facts, step: Event) -> Line:
    article, question = _article("R-APL-30-1", step), "行为时的年龄"
    born, began = facts.record.party.birth_on, facts.record.violation.began_on
    if facts.record.party.kind != "citizen":
        return Line(article, question, "当事人不是自然人", NO)
    if born is None:
        return Line(article, question, "没有记入出生日期，请核实", NO)
    age = years_between(born, began)
    if age < facts.param("age_of_responsibility", began).value:
        return Line(article, question, f"{age}周岁", EXEMPT)
    effect = LENIENT if age < facts.param("age_of_majority", began).value else NO
    return Line(article, question, f"{age}周岁", effect)


def _capacity(facts: Facts, step: Event) -> Line:
    capacity = facts.record.party.capacity
    effect = {"none": EXEMPT, "partial": MAY_LENIENT}.get(capacity, NO)
    return Line(
        _article("R-APL-31-1", step), "辨认或者控制自己行为的能力", label("capacity", capacity), effect
    )


def _factors(facts: Facts, step: Event) -> Line:
    found = [key for key in facts.record.violation.circumstances if key != NOT_OF_THIS_ARTICLE]
    answer = "、".join(label("circumstance", key) for key in found) or "记录中没有"
    return Line(_article("R-APL-32-1", step), "应当从轻或者减轻的情节", answer, LENIENT if found else NO)


def _slight(facts: Facts, step: Event, tier: str) -> Line:
    harm, corrected = facts.record.violation.harm, corrected_in_time(facts, step)
    answer = (
        f"阶次{label('tier', tier)}，{'已' if corrected else '没有'}及时改正，危害后果{label('harm', harm)}"
    )
    exempt = tier == "minor" and corrected and harm == "none"
    return Line(
        _article("R-APL-33-1", step),
        "违法行为轻微并及时改正，没有造成危害后果",
        answer,
        EXEMPT if exempt else NO,
    )


def _first(facts: Facts, step: Event) -> Line:
    violation, corrected = facts.record.violation, corrected_in_time(facts, step)
    first = "初次违法" if violation.first_offence else "没有认定为初次违法"
    answer = f"{first}，危害后果{label('harm', violation.harm)}，{'已' if corrected else '没有'}及时改正"
    may = violation.first_offence and violation.harm in ("none", "slight") and corrected
    return Line(
        _article("R-APL-33-2", step), "初次违法且危害后果轻微并及时改正", answer, MAY_EXEMPT if may else NO
    )
