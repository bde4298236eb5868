"""Meetings as lists and the workbench need them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from yifa.casework.cases.queries import WorkItem
from yifa.casework.committee.models import CALLED, SIGNING, CommitteeMeeting
from yifa.registry.people.reach import Reach


def meetings(organ: str, reach: Reach | None) -> list[CommitteeMeeting]:
    """The latest first; an account that sees only some cases sees the meetings it is named in. Two queries."""
    rows = CommitteeMeeting.objects.filter(organ_id=organ).order_by("-starts_at").prefetch_related("items")
    if reach is None or reach.whole_organ:
        return list(rows)
    return [one for one in rows if reach.staff_no in {*one.members, one.called_by}]


def meeting_of(organ: str, no: str) -> CommitteeMeeting | None:
    return CommitteeMeeting.objects.filter(organ_id=organ, no=no).first()


def items_of(found: CommitteeMeeting) -> QuerySet:
    return found.items.select_related("case__organ", "deliberation").prefetch_related(
        "recusals", "deliberation__votes", "case__acts"
    )


def waiting_for(organ: str, who: str) -> list[WorkItem]:
    """Meetings this person is invited to, and minutes he has to sign. Three queries."""
    rows = CommitteeMeeting.objects.filter(organ_id=organ, state__in=(CALLED, SIGNING)).prefetch_related(
        "attendances", "signatures"
    )
    found = []
    for one in rows:
        here = {row.person for row in one.attendances.all()}
        signed = {row.person for row in one.signatures.all()}
        if one.state == CALLED and who in one.members:
            found.append(item(one, "会议，待参加"))
        elif one.state == SIGNING and who in here - signed:
            found.append(item(one, "纪要，待签字"))
    return found


def item(one: CommitteeMeeting, what: str) -> WorkItem:
    return WorkItem(
        what=what, title="案审委员会会议", url=reverse("committee-meeting", args=[one.no]), case_no="", party="",
        since=one.called_at, due_on=one.at.date() if one.state == CALLED else None,
    )  # fmt: skip
