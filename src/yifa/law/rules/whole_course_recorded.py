"""Was a sealing-up, seizure or forced demolition recorded without a gap? APL art. 47."""

from __future__ import annotations

from yifa.law.clips import act_text, clips_of
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    longest = facts.param("recording_gap_seconds", step.day).value
    acts = [
        act
        for act in facts.before(step, "measure_ordered", "compulsion_executed")
        if act.data.get("action") in (None, "demolition")
    ]
    faults = [f"{act_text(act)}{fault}" for act in acts if (fault := _fault(clips_of(facts, act), longest))]
    if not faults:
        return None
    return Breach(
        f"查封扣押、强制拆除须全过程不间断音像记录：{'；'.join(faults)}",
        "关联完整的音像；中断的，在该音像的备注中说明原因",
    )


def _fault(clips: list[Event], longest: int) -> str:
    """What is wrong with the recordings of one act, in Chinese; a note on a recording explains its gap."""
    if not clips:
        return "没有音像"
    if any(not clip.data["continuous"] and not clip.note for clip in clips):
        return "的音像有中断且没有说明"
    end = clips[0].data["end"]
    for clip in clips[1:]:
        gap = (clip.data["start"] - end).total_seconds()
        if gap > longest and not clip.note:
            return f"的音像中断{int(gap)}秒且没有说明"
        end = max(end, clip.data["end"])
    return ""


register(
    Rule(
        id="REC-01",
        title="查封扣押、强制拆除全过程不间断记录",
        article="行政处罚法第四十七条",
        article_before="国办发〔2018〕118号",
        guard=guard,
    )
)
