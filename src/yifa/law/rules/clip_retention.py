"""Is a recording kept at least as long as the file it belongs to? APL art. 47."""

from __future__ import annotations

from yifa.law.calendar import add_months
from yifa.law.clips import act_text, clips
from yifa.law.facts import Facts
from yifa.law.findings import WARNS, Breach, Gap
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    linked = clips(facts, step)
    short = [text for clip, act in linked if (text := _short(facts, step, clip, act))]
    if short:
        return Breach(
            f"音像保存期限短于案卷：{'；'.join(short)}", "按案卷的保存期限延长音像的保存期限，到期前不得删除"
        )
    if any(clip.get("retention") is None for clip, _ in linked):
        return Gap("key_absent", "音像没有记入保存期限（retention）")
    return None


def _short(facts: Facts, step: Event, clip: Event, act: Event) -> str:
    """Why a recording is kept too short a time, in Chinese; empty where it is not, or its term is unknown."""
    kept = clip.get("retention")
    if kept is None or kept == "permanent":
        return ""
    if act.kind in facts.param("retention_permanent_steps", step.day).value:
        return f"{act_text(act)}的音像应永久保存，现为{kept}日"
    kind = "summary" if facts.record.procedure == "summary" else "ordinary"
    years = facts.param(f"retention_{kind}_years", step.day).value
    began = clip.data["end"].date()
    if kept >= (add_months(began, 12 * years) - began).days:
        return ""
    return f"{act_text(act)}的音像保存{kept}日，不足{years}年"


register(
    Rule(
        id="REC-07",
        title="音像的保存期限不短于案卷",
        article="行政处罚法第四十七条",
        article_before="国办发〔2018〕118号",
        severity=WARNS,
        guard=guard,
    )
)
