"""Does the public text keep the party's private data out? APL art. 50."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach, Gap
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    if step.bare:
        return None
    text = step.get("text")
    if text is None:
        return Gap("key_absent", "没有记入公示的文本（text），不能检查不得公开的内容")
    found = [name for name, words in _private(facts, step).items() if any(word in text for word in words)]
    if not found:
        return None
    return Breach(
        f"公开内容含个人隐私：公示文本中有当事人的{'、'.join(found)}",
        "撤回该文本；自然人姓名隐去名字，身份号码、出生日期删去，重新审核后公示",
    )


def _private(facts: Facts, step: Event) -> dict[str, list[str]]:
    """What must not stand in a public text about a citizen, by name; of others name and code are public."""
    party = facts.record.party
    if party.kind != "citizen":
        return {}
    found: dict[str, list[str]] = {}
    if facts.param("person_name_mode", step.day).value == "masked" and len(party.name) > 1:
        found["姓名"] = [party.name]
    if party.identifier:
        found["证件号码"] = [party.identifier]
    if party.birth_on:
        born = party.birth_on
        found["出生日期"] = [born.isoformat(), f"{born.year}年{born.month}月{born.day}日"]
    return found


register(
    Rule(
        id="R-APL-50-1",
        title="公开内容不含秘密和个人隐私",
        article="行政处罚法第五十条",
        article_before="行政处罚法（2017年修正）第四条",
        guard=guard,
    )
)
