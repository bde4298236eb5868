"""Was a complex or major case deliberated collectively (集体讨论)? APL art. 57 para. 2."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach
from yifa.law.quorum import QUORUM, enough
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    why = trigger(facts, step) if is_penalty(step) else ""
    if not why:
        return None
    meeting = facts.last_before(step, "deliberated")
    fault = "没有集体讨论" if meeting is None else _fault(facts, meeting)
    if not fault:
        return None
    return Breach(
        f"情节复杂或者重大违法案件未经集体讨论（{why}）：{fault}",
        "由机关负责人集体讨论，过半数负责人参加，记明各人意见，讨论通过后再作决定",
    )


def trigger(facts: Facts, step: Event) -> str:
    """Why the case must be deliberated; empty where it need not be."""
    if facts.record.violation.complex:
        return "情节复杂"
    if step.get("leniency", "none") == "mitigated":
        return "减轻处罚"
    return facts.hearing_level(facts.penalty_at(step), step.day)


def _fault(facts: Facts, meeting: Event) -> str:
    heads = {person.id for person in facts.record.people.values() if "head" in person.roles}
    present = heads.intersection(meeting.data["members"])
    percent = facts.param(QUORUM, meeting.day).value
    if not enough(len(present), len(heads), percent):
        return (
            f"{day_text(meeting.day)}的讨论只有{len(present)}名负责人参加，负责人共{len(heads)}名，没有过半数"
        )
    members = meeting.data["members"]
    votes = [vote for who, vote in meeting.data["votes"].items() if who in members]
    if votes.count("for") <= votes.count("against"):
        return (
            f"{day_text(meeting.day)}的讨论没有通过（同意{votes.count('for')}，反对{votes.count('against')}）"
        )
    return ""


register(
    Rule(
        id="R-APL-57-2",
        title="情节复杂或者重大违法案件经集体讨论",
        article="行政处罚法第五十七条第二款",
        article_before="行政处罚法（2017年修正）第三十八条第二款",
        guard=guard,
    )
)
