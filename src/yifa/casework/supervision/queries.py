"""Follow-ups as the workbench and the case page need them: a fixed number of queries each."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from yifa.casework.cases.queries import WorkItem
from yifa.casework.supervision.models import ANSWERED, CLOSED, OPEN, STATES, SupervisedHandling

COLUMNS = (
    "no",
    "case_id",
    "case__party_name",
    "ordered_by",
    "ordered_to",
    "ordered_at",
    "due_on",
    "state",
    "closed_at",
)


def waiting_for(organ: str, who: str) -> list[WorkItem]:
    """What this person has to answer, and the answers he has to read."""
    mine = Q(ordered_to=who, state=OPEN) | Q(ordered_by=who, state=ANSWERED)
    return [
        item(row, "督办，待答复" if row["state"] == OPEN else "督办，已答复")
        for row in rows(organ).filter(mine).values(*COLUMNS)
    ]


def handled_by(organ: str, who: str) -> list[WorkItem]:
    """What this person answered, or closed."""
    done = Q(ordered_to=who, state__in=(ANSWERED, CLOSED)) | Q(ordered_by=who, state=CLOSED)
    return [
        item(row, gettext("督办，%(state)s") % {"state": gettext(STATES[row["state"]])})
        for row in rows(organ).filter(done).values(*COLUMNS)
    ]


def started_by(organ: str, who: str) -> list[WorkItem]:
    """What this person ordered and is not closed."""
    found = rows(organ).filter(ordered_by=who).exclude(state=CLOSED)
    return [
        item(row, gettext("督办，%(state)s") % {"state": gettext(STATES[row["state"]])})
        for row in found.values(*COLUMNS)
    ]


def of_case(case_no: str) -> QuerySet:
    """Follow-ups of a case that are not closed, the nearest day first."""
    return SupervisedHandling.objects.filter(case_id=case_no).exclude(state=CLOSED).order_by("due_on", "no")


def rows(organ: str) -> QuerySet:
    return SupervisedHandling.objects.filter(organ_id=organ).order_by(F("due_on").asc(), "no")


def item(row: dict, what: str) -> WorkItem:
    return WorkItem(
        what=what, url=reverse("supervised", args=[row["no"]]), title="督办", case_no=row["case_id"],
        party=row["case__party_name"], since=row["closed_at"] or row["ordered_at"], due_on=row["due_on"],
    )  # fmt: skip
