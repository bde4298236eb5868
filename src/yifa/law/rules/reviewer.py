"""Was the reviewer qualified, and no handler of the case? APL art. 58 para. 2."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    review = facts.last_before(step, "legality_reviewed")
    if review is None:
        return None
    if not review.by:
        return Breach("法制审核没有记明审核人员", "补记审核人员，或者由具备资格的人员重新审核")
    handlers = facts.handlers(step)
    since = facts.param("reviewer_qualified_since", step.day).value
    faults = []
    for who in dict.fromkeys(review.by):
        person = facts.person(who)
        if who in handlers:
            faults.append(f"{person.name}参与了本案办理")
        elif not person.legal_profession_qualified and (
            person.reviewer_since is None or person.reviewer_since >= since
        ):
            faults.append(f"{person.name}没有法律职业资格（{day_text(since)}起初次从事审核的应当取得）")
    if not faults:
        return None
    return Breach(
        f"法制审核人员不具备资格或者参与了本案办理：{'；'.join(faults)}",
        "由具备法律职业资格、没有参与本案办理的人员重新审核",
    )


register(
    Rule(
        id="R-APL-58-2",
        title="审核人员具备资格且不是办案人员",
        article="行政处罚法第五十八条第二款",
        article_before="行政处罚法（2017年修正）第三十八条第三款",
        guard=guard,
    )
)
