"""Is service by public notice (公告送达) the last resort? CPL art. 95."""

from __future__ import annotations

from yifa.law.editions import CPL_2021
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or step.data["mode"] != "public_notice" or step.data["other_modes_failed"]:
        return None
    return Breach(
        "公告送达前未穷尽其他送达方式",
        "先采用直接、留置、邮寄等方式并记明经过；确实下落不明或者无法送达的，再公告送达",
    )


register(
    Rule(
        id="R-CPL-95-1",
        title="公告送达之前其他方式不能送达",
        article="民事诉讼法第九十五条",
        article_before="民事诉讼法（2017年修正）第九十二条",
        switch=CPL_2021,
        guard=guard,
    )
)
