"""Are the officers of a recording those of the step it shows? APL art. 47."""

from __future__ import annotations

from yifa.law.clips import act_text, clips
from yifa.law.facts import Facts
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    wrong = [(clip, act) for clip, act in clips(facts, step) if set(clip.data["officers"]) != set(act.by)]
    if not wrong:
        return None
    texts = [
        f"{act_text(act)}的办理人为{facts.names(act.by) or '（无）'}，音像为{facts.names(clip.data['officers']) or '（无）'}"
        for clip, act in wrong
    ]
    return Breach(
        f"音像的执法人员与文书不一致：{'；'.join(texts)}", "核对音像所属环节和执法人员，更正关联或者说明情况"
    )


register(
    Rule(
        id="REC-05",
        title="音像的执法人员与文书一致",
        article="行政处罚法第四十七条",
        article_before="国办发〔2018〕118号",
        severity=WARNS,
        guard=guard,
    )
)
