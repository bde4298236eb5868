"""The list of follow-ups (督办): open ones first asked for, `?state=open`."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import within_reach
from yifa.casework.supervision.models import STATES, SupervisedHandling
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.registry.people.queries import names_of
from yifa.registry.people.reach import Reach


def seen(rows: QuerySet, reach: Reach) -> QuerySet:
    """Follow-ups of the cases within reach, and those that name who looks."""
    if reach.whole_organ:
        return rows
    mine = Q(ordered_to=reach.staff_no) | Q(ordered_by=reach.staff_no)
    within = Q(case__in=within_reach(Case.objects.all(), reach))
    return rows.filter(within | mine if reach.staff_no else within)


SUPERVISED = register(
    ListPage(
        slug="supervised",
        title="督办",
        base=lambda organ: SupervisedHandling.objects.filter(organ_id=organ),
        narrow=seen,
        filters=(
            Choice("state", "状态", STATES),
            Days("due", "期限", source="due_on"),
            Text("case", "案件", ("case__no", "case__party_name")),
        ),
        front=("state", "case"),
        grains=(
            Grain(
                title="按件",
                unit="件",
                columns=(
                    Column("no", "编号", link=lambda row: reverse("supervised", args=[row["no"]])),
                    Column("case", "案件", source="case_id"),
                    Column("party", "当事人", source="case__party_name"),
                    Column("to", "被督办人", source="ordered_to", lookup="people"),
                    Column("by", "督办人", source="ordered_by", lookup="people"),
                    Column("ordered_at", "督办时间"),
                    Column("due_on", "期限"),
                    Column("state", "状态", words=STATES),
                ),
                record_key=lambda row: f"supervised_handling:{row['no']}",
                key_fields=("no",),
                order=("due_on", "no"),
            ),
        ),
        lookup=lambda organ: {"people": names_of(organ)},
    )
)
