"""Does a recording cover the moment of the step it shows, give or take the tolerance? APL art. 47."""

from __future__ import annotations

from datetime import timedelta

from yifa.law.clips import act_text, clips
from yifa.law.facts import Facts
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    minutes = facts.param("recording_tolerance_minutes", step.day).value
    slack = timedelta(minutes=minutes)
    wrong = [
        f"{act_text(act)}为{act.at:%H:%M}，音像自{clip.data['start']:%m-%d %H:%M}至{clip.data['end']:%m-%d %H:%M}"
        for clip, act in clips(facts, step)
        if not clip.data["start"] - slack <= act.at <= clip.data["end"] + slack
    ]
    if not wrong:
        return None
    return Breach(
        f"音像时间与文书时间相差超过{minutes}分钟：{'；'.join(wrong)}",
        "核对记录仪时钟和文书时间，更正关联或者说明情况",
    )


register(
    Rule(
        id="REC-06",
        title="音像时间与文书时间相符",
        article="行政处罚法第四十七条",
        article_before="国办发〔2018〕118号",
        severity=WARNS,
        guard=guard,
    )
)
