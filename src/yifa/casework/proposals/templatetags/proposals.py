"""`{% case_proposals page.case %}`: on the case page, what of this case waits for whom, with the reminder."""

from __future__ import annotations

from typing import Any

from django import template

from yifa.casework.cases.models import Case
from yifa.casework.proposals.queries import living, sittings, whose
from yifa.law.events import KINDS
from yifa.ledger.clock import SHANGHAI, today
from yifa.registry.people.queries import names_of

register = template.Library()


@register.inclusion_tag("proposals/_of_case.html", takes_context=True)
def case_proposals(context: dict[str, Any], case: Case) -> dict[str, Any]:
    """Open and returned proposals and sittings of the case; three queries, one where there is none."""
    found, open_sittings = living(case.no), sittings(case.no)
    names = names_of(case.organ_id) if found or open_sittings else {}
    user = context["request"].user
    me = user.person.staff_no if getattr(user, "person", None) else ""
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "count": len(found) + len(open_sittings),
        "proposals": [
            {
                "no": one.no, "label": KINDS[one.kind].label, "returned": one.state == "returned",
                "who": whose(one, names), "by": names.get(one.submitted_by, one.submitted_by),
                "day": (today() - one.submitted_at.astimezone(SHANGHAI).date()).days + 1, "reminders": one.reminders,
                "may_remind": me in one.proposers and one.reminded_on != today(),
            }
            for one in found
        ],
        "sittings": [
            {"no": one.no, "waiting": "、".join(names.get(who, who) for who in left_to_vote(one))}
            for one in open_sittings
        ],
    }  # fmt: skip


def left_to_vote(meeting: Any) -> list[str]:
    voted = {one.person for one in meeting.votes.all()}
    return [who for who in meeting.members if who not in voted]
