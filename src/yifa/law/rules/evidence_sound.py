"""Is all evidence the decision lists verified and of lawful source? APL art. 46."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    faults = [f"{name}{_fault(item)}" for name, item in listed(facts, step).items() if _fault(item)]
    if not faults:
        return None
    return Breach(
        f"证据未查证属实或者来源不合法：{'；'.join(faults)}",
        "查证属实后再采用；来源不合法的予以排除，不列入决定的证据",
    )


def listed(facts: Facts, step: Event) -> dict[str, Event | None]:
    """The evidence a decision lists, by id; None where it was not yet added."""
    added = {event.data["id"]: event for event in facts.before(step, "evidence_added")}
    return {name: added.get(name) for name in step.data["evidence"]}


def is_sound(item: Event) -> bool:
    return bool(item.data["verified"] and item.data["lawful_source"])


def _fault(item: Event | None) -> str:
    if item is None:
        return "在决定之前没有取得"
    if not item.data["verified"]:
        return "未查证属实"
    return "" if item.data["lawful_source"] else "来源不合法"


register(
    Rule(
        id="R-APL-46-1",
        title="证据查证属实、来源合法",
        article="行政处罚法第四十六条",
        article_before="行政处罚法（2017年修正）第三十六条",
        guard=guard,
    )
)
