"""Is left service proved by a witness or a recording? CPL art. 89."""

from __future__ import annotations

from yifa.law.editions import CPL_2021
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["mode"] != "left_in_place" or step.data["witness_or_recording"]:
        return None
    if any(clip.data["event"] == step.index for clip in facts.all("recording_linked")):
        return None
    return Breach(
        "留置送达没有见证人，也没有拍照、录像等记录",
        "邀请见证人到场并签名，或者拍照、录像记录送达过程，重新送达",
    )


register(
    Rule(
        id="REC-02",
        title="留置送达有见证或者音像记录",
        article="民事诉讼法第八十九条",
        article_before="民事诉讼法（2017年修正）第八十六条",
        switch=CPL_2021,
        guard=guard,
    )
)
