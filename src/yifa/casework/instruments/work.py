"""Papers on the workbench: those that wait for whose approval it is, and what came back to who submitted it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import WorkItem, within_reach
from yifa.casework.instruments.models import (
    DRAFT,
    RETURNED,
    WAITING,
    InstrumentApproval,
)
from yifa.law.labels import form
from yifa.registry.people.reach import Reach

COLUMNS = (
    "instrument_id", "instrument__form", "instrument__case_id", "state", "submitted_at", "decided_at",
    "instrument__case__party_name", "instrument__case__due_on", "instrument__case__due_from",
    "instrument__case__due_unit",
)  # fmt: skip
WORDS = {WAITING: "文书待审", RETURNED: "文书被退回"}


def waiting_for(organ: str, who: str, roles: Iterable[str], reach: Reach | None = None) -> list[WorkItem]:
    """What this person may approve, but for his own drafts, and his papers that were returned. Two queries."""
    found = InstrumentApproval.objects.filter(organ_id=organ, state=WAITING, role__in=list(roles))
    if reach is not None and not reach.whole_organ:
        found = found.filter(instrument__case__in=within_reach(Case.objects.all(), reach))
    found = found.exclude(Q(submitted_by=who) | Q(instrument__made_by=who))
    return [item(row) for row in (*found.values(*COLUMNS), *returned_to(organ, who).values(*COLUMNS))]


def returned_to(organ: str, who: str) -> QuerySet:
    """The last rounds that ended with a return, of papers that are drafts again."""
    rows = InstrumentApproval.objects.filter(
        organ_id=organ, state=RETURNED, submitted_by=who, instrument__state=DRAFT
    )
    later = InstrumentApproval.objects.filter(
        instrument=OuterRef("instrument"), serial__gt=OuterRef("serial")
    )
    return rows.filter(~Exists(later))


def item(row: dict) -> WorkItem:
    case_no = row["instrument__case_id"]
    return WorkItem(
        what=WORDS[row["state"]], title=form(row["instrument__form"]).name,
        url=reverse("document", args=[case_no, row["instrument_id"]]), case_no=case_no,
        party=row["instrument__case__party_name"], since=row["decided_at"] or row["submitted_at"],
        due_on=row["instrument__case__due_on"], due_from=row["instrument__case__due_from"],
        due_unit=row["instrument__case__due_unit"],
    )  # fmt: skip
