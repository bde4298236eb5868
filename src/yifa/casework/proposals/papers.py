"""What the members said in a deliberation, in its record (集体讨论记录). APL art. 57 para. 2."""

from __future__ import annotations

from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.proposals.models import CLOSED, RECUSED_VOTE, VOTES, Deliberation
from yifa.registry.people.queries import names_of

FORMS = ("deliberation_record",)


def of_deliberation(case: Case) -> dict[str, Any]:
    """Each vote with its reason, in the order of speaking, and who recused himself."""
    found = Deliberation.objects.filter(case=case, state=CLOSED).order_by("serial").last()
    if found is None:
        return {}
    names, cast = names_of(case.organ_id), list(found.votes.all())
    votes = [one for one in cast if one.vote != RECUSED_VOTE]
    out = [names.get(one.person, one.person) for one in cast if one.vote == RECUSED_VOTE]
    return {
        "讨论意见": [
            [names.get(one.person, one.person), VOTES[one.vote], " ".join(one.reason.split())]
            for one in votes
        ],
        "缺席和回避": f"{'、'.join(out)}回避" if out else "",
    }
