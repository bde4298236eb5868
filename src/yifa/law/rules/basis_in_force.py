"""Is the matter verified, and was its basis a published text in force? APL art. 5, 16."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach, Gap
from yifa.law.limits import matter_of
from yifa.law.record.model import Event
from yifa.law.rules.applicable_law import governing_day
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    if not is_penalty(step):
        return None
    matter = matter_of(facts)
    if isinstance(matter, Gap):
        return matter
    if matter.draft:
        return Breach(
            f"事项{matter.code}“{matter.name}”的依据和罚款幅度待核实，不能作为处罚依据",
            "由法制人员核对法律、法规、规章的原文，在法律包中确认该事项后再作决定",
        )
    day = governing_day(facts, step)
    if matter.in_force_from is None or day >= matter.in_force_from:
        return None
    return Breach(
        f"{matter.basis}自{day_text(matter.in_force_from)}起施行，不能作为处罚{day_text(day)}终了的行为的依据",
        "适用违法行为发生时有效的法律、法规、规章；没有依据的，不予处罚",
    )


register(
    Rule(
        id="R-APL-05-1",
        title="处罚依据是已公布、施行并经核实的法律、法规、规章",
        article="行政处罚法第五条第三款",
        article_before="行政处罚法（2017年修正）第四条第三款",
        guard=guard,
    )
)
