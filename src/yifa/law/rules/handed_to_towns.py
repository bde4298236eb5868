"""Has the matter been handed to the town or street (街道、乡镇)? APL art. 24."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if not is_penalty(step):
        return None
    place, code = facts.record.violation.territory, facts.record.matter
    handed = facts.param("town_matters", step.day).value
    if code not in handed and f"{code}@{place}" not in handed:
        return None
    town = facts.pack.towns.get(place, f"区划代码{place}")
    return Breach(
        f"事项{code}已交由街道（乡镇）行使，违法行为发生地为{town}，请移送承接机关",
        "将线索和材料移送承接该事项的街道办事处或者乡镇人民政府",
    )


register(
    Rule(
        id="R-APL-24-1",
        title="事项没有交由街道、乡镇行使",
        article="行政处罚法第二十四条",
        since=APL_2021,
        guard=guard,
    )
)
