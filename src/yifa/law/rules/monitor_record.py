"""Is monitoring evidence (电子技术监控) usable? APL art. 41."""

from __future__ import annotations

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.evidence_sound import listed
from yifa.law.rules.rule import Rule, register

DEMANDS = {"record_reviewed": "记录未经审核"}


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare:
        return None
    faults = []
    for name, item in listed(facts, step).items():
        monitor = item.data["monitor"] if item is not None else None
        if monitor is not None:
            lacking = [text for key, text in DEMANDS.items() if not getattr(monitor, key)]
            faults += [f"{name}{'、'.join(lacking)}"] if lacking else []
    if not faults:
        return None
    return Breach(
        f"电子监控记录不得作为证据：{'；'.join(faults)}",
        "补办审核和公布手续之前，不得以该监控证据作为处罚依据",
    )


register(
    Rule(
        id="R-APL-41-2",
        title="监控记录经审核",
        article="行政处罚法第四十一条",
        since=APL_2021,
        guard=guard,
    )
)
