"""Was a hearing asked for in time also held? APL art. 64 (1)."""

from __future__ import annotations

from yifa.law.facts import Facts, day_text, is_penalty
from yifa.law.findings import Breach
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register


def guard(facts: Facts, step: Event) -> Breach | None:
    if not is_penalty(step):
        return None
    for request in facts.before(step, "hearing_requested"):
        ended = any(
            event.index > request.index for event in facts.before(step, "hearing_held", "hearing_waived")
        )
        if not ended and _in_time(facts, request):
            return Breach(
                f"当事人{day_text(request.day)}在期限内要求听证，应当组织听证，至今没有举行，也没有放弃",
                "确定听证日期并按期通知，听证之后再作决定；当事人撤回要求的，记明放弃听证",
            )
    return None


def _in_time(facts: Facts, request: Event) -> bool:
    """In time, or the period never began because the right was not told."""
    notice = facts.last_before(request, "prior_notice_served")
    if notice is None or not notice.data["hearing_right_told"]:
        return True
    return request.day <= facts.due("hearing_request_days", notice, roll=True).due_on


register(
    Rule(
        id="R-APL-64-1",
        title="当事人按期要求的听证已经举行",
        article="行政处罚法第六十四条第一项",
        article_before="行政处罚法（2017年修正）第四十二条第一款第一项",
        guard=guard,
    )
)
