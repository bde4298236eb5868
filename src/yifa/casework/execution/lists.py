"""Lists of execution: who owes what (执行与缴款), and the payments by the bank (银行缴款).

What is owed and until when is kept with the case (`owed_fen`, `pay_by`), so that any number of cases is filtered, sorted
and summed by the database; how a case stands today and its next step are reckoned for the rows shown.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import reckoned_of, within_reach
from yifa.casework.execution.models import STATES, BankPayment
from yifa.casework.execution.queries import at_hand
from yifa.law.events import KINDS
from yifa.law.execution import standing
from yifa.law.labels import labels
from yifa.ledger import clock
from yifa.listing.columns import Column, Sum, yuan
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

UNREAD = "unread"
STANDS = {**labels("payment_state"), UNREAD: "记录读不出来，请打开案件核对"}
STEPS = {name: kind.label for name, kind in KINDS.items()}


def owing(key: str) -> Q:
    """Cases by what is kept with them; of one the law has not yet been asked about nobody knows that nothing is owed."""
    owed = Q(owed_fen__gt=0) | Q(owed_fen=None)
    return {
        "owed": owed,
        "late": owed & Q(pay_by__lt=clock.today()),
        "unserved": Q(owed_fen__gt=0, pay_by=None),
        "settled": Q(owed_fen=0),
    }[key]


def reckon(rows: list[dict[str, Any]]) -> None:
    """How each of these cases stands now: state, what was paid, the next step."""
    at = clock.now()
    found = reckoned_of(
        Case.objects.filter(pk__in=[row["no"] for row in rows]),
        lambda acts, record: standing(record, at),
    )
    for row in rows:
        now = found.get(row["no"])
        step = at_hand(now)
        row |= {
            "decision": now.number if now else "", "paid_fen": now.paid_fen if now else None,
            "state": now.state if now else UNREAD, "step": step.kind if step else "",
            "step_by": step.last_on if step else None,
        }  # fmt: skip


EXECUTIONS = register(
    ListPage(
        slug="execution",
        title="执行与缴款",
        note="已经作出罚款决定、还没有结案的案件，决定早的在前。",
        base=lambda organ: Case.objects.filter(
            Q(fine_fen__gt=0) | Q(owed_fen__gt=0), organ_id=organ, closed_on=None, decided_on__isnull=False
        ),
        narrow=within_reach,
        beside=(
            ("导入银行缴款", "bank-file-new", ""),
            ("待核对的缴款", "list-payments", "state=held"),
            ("全部缴款", "list-payments", ""),
        ),
        filters=(
            Choice(
                "state",
                "缴款",
                {
                    "owed": "还没有缴清",
                    "late": "超过缴款期限",
                    "unserved": "还没有送达",
                    "settled": "不用再缴（已缴清或者已撤销）",
                },
                condition=owing,
            ),
            Text("case", "案件", ("no", "number", "party_name")),
            Days("pay_by", "缴款期限", source="pay_by"),
            Days("decided", "决定", source="decided_on"),
        ),
        front=("state", "case"),
        sums=(Sum("owed", "还欠（元）", "owed_fen", yuan),),
        grains=(
            Grain(
                title="按案",
                unit="件",
                columns=(
                    Column("no", "案件", link=lambda row: reverse("case-execution", args=[row["no"]])),
                    Column("party_name", "当事人"),
                    Column("decision", "决定书文号", reckoned=True),
                    Column("owed_fen", "还欠（元）", show=yuan, number=True),
                    Column("paid_fen", "已缴（元）", show=yuan, number=True, reckoned=True),
                    Column("pay_by", "缴款期限"),
                    Column("state", "状态", words=STANDS, reckoned=True),
                    Column("step", "现在可以办", words=STEPS, reckoned=True),
                    Column("step_by", "最迟", reckoned=True),
                ),
                record_key=lambda row: f"case:{row['number']}",
                key_fields=("number",),
                order=("decided_on", "no"),
                reckon=reckon,
            ),
        ),
    )
)

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
