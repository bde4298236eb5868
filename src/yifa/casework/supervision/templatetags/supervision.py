"""`{% case_supervision page.case %}`: on the case page, follow-ups that are not closed, and the head's way to order one."""

from __future__ import annotations

from typing import Any

from django import template

from yifa.casework.cases.clocks import due_day
from yifa.casework.cases.models import Case
from yifa.casework.supervision.queries import of_case
from yifa.ledger.clock import SHANGHAI, today
from yifa.registry.people.queries import names_of

register = template.Library()


@register.inclusion_tag("supervision/_of_case.html", takes_context=True)
def case_supervision(context: dict[str, Any], case: Case) -> dict[str, Any]:
    """Open follow-ups of the case; two queries, one where there is none."""
    user = context["request"].user
    person = getattr(user, "person", None)
    roles = f"{person.roles if person else ''}|{user.roles}".split("|")
    found = list(of_case(case.no))
    names = names_of(case.organ_id) if found else {}
    return {
        "case": case,
        "may_order": person is not None and "head" in roles and case.closed_on is None,
        "orders": [
            {
                "no": one.no, "to": names.get(one.ordered_to, one.ordered_to), "state": one.state_words,
                "due": due_day(one.due_on, one.ordered_at.astimezone(SHANGHAI).date(), "day", today()),
            }
            for one in found
        ],
    }  # fmt: skip
