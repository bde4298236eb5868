"""Is the hearing transcript signed, or the refusal noted, and the hearing recorded? APL art. 64, 47."""

from __future__ import annotations

from yifa.law.clips import act_text, clips_of
from yifa.law.facts import Facts
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    faults = []
    for act in facts.before(step, "hearing_held"):
        if not act.data["transcript_signed"]:
            faults.append(f"{act_text(act)}的笔录没有签名，也没有注明拒签")
        if not clips_of(facts, act):
            faults.append(f"{act_text(act)}没有音像")
    if not faults:
        return None
    return Breach(
        f"听证记录不完整：{'；'.join(faults)}",
        "补充签名或者注明拒签情况，关联听证的音像；确无音像的，在案卷中说明原因",
    )


register(
    Rule(
        id="REC-04",
        title="听证有签名的笔录和音像",
        article="行政处罚法第四十七条",
        article_before="国办发〔2018〕118号",
        severity=WARNS,
        guard=guard,
    )
)
