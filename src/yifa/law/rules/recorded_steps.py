"""Is every step that must be recorded (音像记录) recorded? APL art. 47."""

from __future__ import annotations

from functools import cache

from yifa.law.clips import act_text, clips_of
from yifa.law.facts import Facts
from yifa.law.findings import WARNS, Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    demanded = facts.param("recording_required_steps", step.day).value
    missing = [
        act
        for act in facts.before(step, *_kinds(demanded))
        if (act.kind in demanded or f"{act.kind}:{act.data.get('mode')}" in demanded)
        and not clips_of(facts, act)
    ]
    if not missing:
        return None
    return Breach(
        f"全过程记录缺少应当记录的环节：{'、'.join(act_text(act) for act in missing)}没有关联音像",
        "从执法记录仪或者采集站关联该环节的音像；确无音像的，在案卷中说明原因",
    )


@cache
def _kinds(demanded: tuple[str, ...]) -> tuple[str, ...]:
    """The event kinds of `kind` and `kind:mode`, each once."""
    return tuple(dict.fromkeys(name.partition(":")[0] for name in demanded))


register(
    Rule(
        id="R-APL-47-1",
        title="应当记录的环节都有音像",
        article="行政处罚法第四十七条",
        article_before="国办发〔2018〕118号",
        severity=WARNS,
        guard=guard,
    )
)
