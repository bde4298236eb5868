"""Is service by public notice proved? CPL art. 95."""

from __future__ import annotations

from yifa.law.editions import CPL_2021
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["mode"] != "public_notice" or step.data["announcement_proof"] is not None:
        return None
    return Breach(
        "公告送达没有公告凭证",
        "留存公告的报纸、公告栏照片或者网页截图，并在案卷中记明公告的原因和经过",
    )


register(
    Rule(
        id="REC-03",
        title="公告送达有公告凭证",
        article="民事诉讼法第九十五条",
        article_before="民事诉讼法（2017年修正）第九十二条",
        switch=CPL_2021,
        guard=guard,
    )
)
