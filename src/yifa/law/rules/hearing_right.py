"""Was the right to a hearing (听证) told where the penalty is of hearing level? APL art. 63."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if step.kind == "prior_notice_served":
        return None if step.bare else _notice(facts, step)
    if not is_penalty(step):
        return None
    why = facts.hearing_level(facts.penalty_at(step), step.day)
    notice = facts.last_before(step, "prior_notice_served")
    if not why or (notice is not None and notice.data["hearing_right_told"]):
        return None
    state = "决定之前没有告知" if notice is None else f"{day_text(notice.day)}的告知没有载明听证权利"
    return Breach(
        f"应当告知听证权利而未告知（{why}）：{state}",
        "重新告知并载明听证权利，要求听证的期限届满或者听证之后再作决定",
    )


def _notice(facts: Facts, step: Event) -> Breach | None:
    why = facts.hearing_level(step.data["penalty"], step.day)
    if not why or step.data["hearing_right_told"]:
        return None
    return Breach(f"应当告知听证权利而未告知（{why}）", "在告知书中载明当事人有要求听证的权利和期限后再送达")


register(
    Rule(
        id="R-APL-63-1",
        title="达到听证标准的告知听证权利",
        article="行政处罚法第六十三条",
        article_before="行政处罚法（2017年修正）第四十二条",
        guard=guard,
    )
)
