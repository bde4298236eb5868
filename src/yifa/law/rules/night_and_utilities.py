"""Was compulsion kept off nights and holidays, and utilities left on? ACL art. 43."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    if step.data["utilities_cut"]:
        return Breach(
            "不得以停水、停电、停热、停气迫使居民履行",
            "立即恢复供应，改用法律允许的执行方式",
        )
    if step.data["night_or_holiday"] and not step.data["urgent"]:
        return Breach("非情况紧急，不得在夜间或者法定节假日实施强制执行", "停止执行，改在工作日的白天实施")
    return None


register(
    Rule(
        id="R-ACL-43-1",
        title="不在夜间、节假日强制执行，不停水电热气",
        article="行政强制法第四十三条",
        guard=guard,
    )
)
