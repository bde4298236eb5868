"""The list of payments by the bank (银行缴款): `?state=held` those nobody has given a case yet."""

from __future__ import annotations

from django.urls import reverse

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import within_reach
from yifa.casework.execution.models import STATES, BankPayment
from yifa.listing.columns import Column, Sum, yuan
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

PAYMENTS = register(
    ListPage(
        slug="payments",
        title="银行缴款",
        base=lambda organ: BankPayment.objects.filter(organ_id=organ),
        narrow=lambda rows, reach: (
            rows if reach.whole_organ else rows.filter(case__in=within_reach(Case.objects.all(), reach))
        ),
        filters=(
            Choice("state", "状态", STATES),
            Text("number", "决定书文号", ("number",)),
            Text("serial", "流水号", ("serial",)),
            Days("paid", "缴款日期", source="paid_on"),
        ),
        front=("state", "number"),
        sums=(Sum("amount", "金额", "amount_fen", yuan),),
        grains=(
            Grain(
                title="按笔",
                unit="笔",
                columns=(
                    Column("serial", "流水号", link=lambda row: reverse("bank-payment", args=[row["pk"]])),
                    Column("number", "决定书文号"),
                    Column("amount", "金额", "amount_fen", show=yuan, number=True),
                    Column("paid_on", "缴款日期"),
                    Column("state", "状态", words=STATES),
                    Column("case", "案件", source="case_id"),
                    Column("why", "结果"),
                ),
                record_key=lambda row: f"bank_payment:{row['serial']}",
                key_fields=("serial", "pk"),
                order=("-paid_on", "serial"),
            ),
        ),
    )
)
