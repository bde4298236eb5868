"""Proposals and deliberations as the workbench and the case page need them: a fixed number of queries each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import WHOSE
from yifa.casework.cases.queries import WorkItem, within_reach
from yifa.casework.proposals.models import (
    DELIBERATING,
    LIVING,
    OPEN,
    RETURNED,
    STATES,
    Deliberation,
    Proposal,
    Vote,
)
from yifa.law.events import KINDS
from yifa.registry.people.reach import Reach

# what is proposed and is dealt with on a page of another room
PAGES = {"legality_reviewed": "review"}
CASE = ("case__party_name", "case__due_on", "case__due_from", "case__due_unit")
COLUMNS = ("no", "case_id", "kind", "state", "to_role", "submitted_by", "submitted_at", "handled_at", *CASE)
MEETING = ("no", "case_id", "state", "submitted_at", "members", "chaired_by", *CASE)


def waiting_for(organ: str, who: str, roles: Iterable[str], reach: Reach | None = None) -> list[WorkItem]:
    """What waits for this person: to confirm, to vote or close, and what came back to him. Three queries.

    What is addressed to a role is everybody's of that role who sees the case.
    """
    anybody = Q(to_person="", to_role__in=list(roles))
    if reach is not None and not reach.whole_organ:
        anybody &= Q(case__in=within_reach(Case.objects.all(), reach))
    addressed = Q(to_person=who) | anybody
    mine = Proposal.objects.filter(addressed, organ_id=organ, state=OPEN).exclude(submitted_by=who)
    back = Proposal.objects.filter(organ_id=organ, state=RETURNED, submitted_by=who)
    return [
        *(item(row, "待审核" if row["to_role"] == "reviewer" else "待审批") for row in mine.values(*COLUMNS)),
        *(item(row, "被退回") for row in back.values(*COLUMNS)),
        *votes_waiting(organ, who),
    ]


def votes_waiting(organ: str, who: str) -> list[WorkItem]:
    """Sittings this person has to vote in, or to close as chair; a chair waits until all others voted. Two queries."""
    found = list(Deliberation.objects.filter(organ_id=organ, state=DELIBERATING).values(*MEETING))
    cast = Vote.objects.filter(organ_id=organ, deliberation__state=DELIBERATING)
    voted: dict[str, set[str]] = {}
    for no, person in cast.values_list("deliberation_id", "person"):
        voted.setdefault(no, set()).add(person)
    items = []
    for row in found:
        done = voted.get(row["no"], set())
        turn = set(row["members"]) - done <= {who} if who == row["chaired_by"] else who not in done
        if who in row["members"] and turn:
            items.append(meeting(row, "待确认讨论结果" if who in done else "待表决"))
    return items


def handled_by(organ: str, who: str) -> list[WorkItem]:
    """What this person confirmed or returned, and the sittings he voted in. Two queries."""
    done = Proposal.objects.filter(organ_id=organ, handled_by=who)
    voted = Vote.objects.filter(deliberation=OuterRef("pk"), person=who)
    sat = Deliberation.objects.filter(Exists(voted), organ_id=organ)
    return [
        *(item(row, STATES[row["state"]], since="handled_at") for row in done.values(*COLUMNS)),
        *(meeting(row, "已表决") for row in sat.values(*MEETING)),
    ]


def started_by(organ: str, who: str) -> list[WorkItem]:
    """What this person submitted, settled or not. Two queries."""
    mine = Proposal.objects.filter(organ_id=organ, submitted_by=who)
    asked = Deliberation.objects.filter(organ_id=organ, submitted_by=who)
    words = {DELIBERATING: "正在表决", "closed": "已结束", "withdrawn": "已撤回"}
    return [
        *(item(row, STATES[row["state"]]) for row in mine.values(*COLUMNS)),
        *(meeting(row, words[row["state"]]) for row in asked.values(*MEETING)),
    ]


def living(case_no: str) -> list[Proposal]:
    """Proposals of a case that wait or were returned, the oldest first."""
    return list(Proposal.objects.filter(case_id=case_no, state__in=LIVING).order_by("submitted_at"))


def sittings(case_no: str) -> list[Deliberation]:
    """Deliberations of a case that are going on."""
    return list(Deliberation.objects.filter(case_id=case_no, state=DELIBERATING).prefetch_related("votes"))


def whose(proposal: Proposal, names: Mapping[str, str]) -> str:
    """For whom it waits: a name, or the role."""
    return (
        names.get(proposal.to_person, proposal.to_person) if proposal.to_person else WHOSE[proposal.to_role]
    )


def item(row: Mapping[str, Any], what: str, *, since: str = "submitted_at") -> WorkItem:
    page = PAGES.get(row["kind"], "proposal") if row["state"] == OPEN else "proposal"
    return WorkItem(
        what=what, title=KINDS[row["kind"]].label, url=reverse(page, args=[row["no"]]), case_no=row["case_id"],
        party=row["case__party_name"], since=row[since] or row["submitted_at"], due_on=row["case__due_on"],
        due_from=row["case__due_from"], due_unit=row["case__due_unit"],
    )  # fmt: skip


def meeting(row: Mapping[str, Any], what: str) -> WorkItem:
    return WorkItem(
        what=what, title="集体讨论", url=reverse("deliberation", args=[row["no"]]), case_no=row["case_id"],
        party=row["case__party_name"], since=row["submitted_at"], due_on=row["case__due_on"],
        due_from=row["case__due_from"], due_unit=row["case__due_unit"],
    )  # fmt: skip
