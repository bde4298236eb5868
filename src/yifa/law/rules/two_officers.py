"""Did at least two officers take the step? APL art. 42."""

from __future__ import annotations

from yifa.law.facts import Facts, needs_two_officers
from yifa.law.findings import Breach
from yifa.law.labels import label
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.bare or not needs_two_officers(step):
        return None
    officers = facts.officers.intersection(step.by)
    least = facts.param("officers_at_least", step.day).value
    if len(officers) >= least:
        return None
    there = f"只有{facts.names(sorted(officers))}" if officers else "没有执法人员"
    return Breach(
        f"执法人员少于{least}人：本次“{label('event_kind', step.kind)}”{there}（辅助人员不计入）",
        f"由{least}名以上持证执法人员重新进行该环节并记入办理人；不能重做的，说明情况，相应证据不作为处罚依据",
    )


register(
    Rule(
        id="R-APL-42-1",
        title="执法环节由两名以上执法人员进行",
        article="行政处罚法第四十二条第一款",
        article_before="行政处罚法（2017年修正）第三十七条第一款",
        guard=guard,
    )
)
