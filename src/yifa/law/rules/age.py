"""Is a minor treated as the law says? APL art. 30."""

from __future__ import annotations

from datetime import date

from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    born, began = facts.record.party.birth_on, facts.record.violation.began_on
    if born is None or step.bare or not is_penalty(step):
        return None
    age = years_between(born, began)
    responsible = facts.param("age_of_responsibility", began).value
    adult = facts.param("age_of_majority", began).value
    if age < responsible:
        return Breach(
            f"当事人行为时{age}周岁，不满{responsible}周岁，不予处罚",
            "作出不予处罚决定，责令监护人加以管教",
        )
    if age < adult and step.data["leniency"] == "none":
        return Breach(
            f"当事人行为时{age}周岁，已满{responsible}周岁不满{adult}周岁，应当从轻或者减轻处罚",
            "重新裁量，从轻或者减轻处罚，并在决定书中说明",
        )
    return None


def years_between(born: date, on: date) -> int:
    """Age in full years; the birthday itself counts."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


register(
    Rule(
        id="R-APL-30-1",
        title="未成年人不予处罚或者从轻、减轻",
        article="行政处罚法第三十条",
        article_before="行政处罚法（2017年修正）第二十五条",
        guard=guard,
    )
)
