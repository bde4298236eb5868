"""The list of deliveries (送达), attempts included: `?outcome=failed`."""

from __future__ import annotations

from django.urls import reverse

from yifa.casework.cases.queries import of_cases_within_reach
from yifa.casework.delivery.models import Delivery
from yifa.law.labels import forms, labels
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

MODES, OUTCOMES = dict(labels("mode")), dict(labels("delivery_outcome"))
FORMS = {one.id: one.name for one in forms()}

DELIVERIES = register(
    ListPage(
        slug="deliveries",
        title="送达",
        base=lambda organ: Delivery.objects.filter(organ_id=organ),
        narrow=of_cases_within_reach,
        filters=(
            Choice("mode", "方式", MODES),
            Choice("outcome", "结果", OUTCOMES),
            Text("case", "案件", ("case__no", "case__party_name")),
            Days("at", "时间", source="at", moments=True),
        ),
        front=("mode", "outcome", "case"),
        grains=(
            Grain(
                title="按次",
                unit="次",
                columns=(
                    Column(
                        "no", "编号", link=lambda row: reverse("deliveries-of-case", args=[row["case_id"]])
                    ),
                    Column("case", "案件", source="case_id"),
                    Column("party", "当事人", source="case__party_name"),
                    Column("form", "文书", source="instrument__form", words=FORMS),
                    Column("mode", "方式", words=MODES),
                    Column("outcome", "结果", words=OUTCOMES),
                    Column("at", "时间"),
                    Column("effective_on", "生效日期"),
                ),
                record_key=lambda row: f"delivery:{row['no']}",
                key_fields=("no", "case_id"),
                order=("-at", "no"),
            ),
        ),
    )
)
