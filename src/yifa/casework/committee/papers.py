"""Where a case was discussed and who took no part, in the record of its deliberation (集体讨论记录)."""

from __future__ import annotations

from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.committee.models import AgendaItem
from yifa.casework.proposals.models import CLOSED
from yifa.registry.people.queries import names_of

FORMS = ("deliberation_record",)


def of_meeting(case: Case) -> dict[str, Any]:
    """Nothing of a deliberation that was held without a meeting."""
    found = AgendaItem.objects.filter(case=case, deliberation__state=CLOSED).select_related("meeting")
    item = found.order_by("deliberation__serial").last()
    if item is None:
        return {}
    names = names_of(case.organ_id)
    here = {one.person for one in item.meeting.attendances.all()}
    declared = {one.person for one in item.recusals.all()}
    out = [f"{names.get(who, who)}回避" for who in item.meeting.members if who in declared]
    out += [f"{names.get(who, who)}缺席" for who in item.meeting.members if who not in here | declared]
    return {"讨论地点": item.meeting.place, "缺席和回避": "；".join(out)}
