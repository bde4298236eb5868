"""The list of measures (强制措施与登记保存): a row is the act that ordered one.

Which stand is asked of the acts, by the database; the last day and what is left are reckoned for the rows shown.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from yifa.casework.cases.models import Act, Case, CaseFinding
from yifa.casework.cases.queries import of_cases_within_reach, reckoned_of
from yifa.casework.measures.ended import ended, orders
from yifa.casework.measures.queries import left_of
from yifa.law.events import KINDS
from yifa.law.labels import label
from yifa.law.measures import ORDERS, PERIODS, Hold, holds
from yifa.law.record import Record
from yifa.ledger import clock
from yifa.ledger.clock import SHANGHAI
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

OUTCOMES = {"measure_ordered": "measure_outcome", "preservation_ordered": "preservation_outcome"}


def late(key: str) -> Q:
    """Orders of cases in which, when the rule book was last asked, a measure of the kind was over its period."""
    wanted = Q()
    for kind, rule in PERIODS.items():
        found = CaseFinding.objects.filter(case=OuterRef("case"), rule=rule)
        wanted |= Q(kind=kind) & Q(Exists(found))
    return wanted


def reckon(rows: list[dict[str, Any]]) -> None:
    """Name, things, last day and what is left of each measure."""
    at = clock.now()
    cases = Case.objects.filter(pk__in={row["case_id"] for row in rows})
    found = reckoned_of(cases, lambda acts, record: by_seq(acts, record, at))
    for row in rows:
        hold = found.get(row["case_id"], {}).get(row["seq"])
        data, kind = row["data"], row["kind"]
        row |= {
            "measure": label("measure", data["measure"]) if "measure" in data else KINDS[kind].label,
            "id": str(data.get("id", "")), "items": "、".join(data.get("items", ())),
            "due_on": hold.deadline.due_on if hold else None, "left": left_words(hold, kind, at),
        }  # fmt: skip


def by_seq(acts: list[Act], record: Record, at: datetime) -> dict[int, Hold]:
    return {acts[one.order.index].seq: one for one in holds(record, at)}


def left_words(hold: Hold | None, kind: str, at: datetime) -> str:
    if hold is None:
        return "记录读不出来，请打开案件核对"
    if hold.ended is None:
        return left_of(hold, at).words
    return label(OUTCOMES[kind], hold.ended.data["outcome"]) + ("（超过期限）" if hold.late else "")


def day_of(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).date().isoformat()


MEASURES = register(
    ListPage(
        slug="measures",
        title="强制措施与登记保存",
        note="实施早的在前。“超期”按最近一次核对（每天夜里和每次办理以后）筛选；每一行的剩余天数按现在计算。",
        base=lambda organ: orders().filter(organ_id=organ),
        narrow=of_cases_within_reach,
        filters=(
            Choice(
                "state",
                "状态",
                {"standing": "还没有解除或者处理", "ended": "已经解除或者处理"},
                condition=lambda key: ~ended() if key == "standing" else ended(),
            ),
            Choice("late", "超期", {"yes": "案件里有超过期限的措施"}, condition=late),
            Choice("kind", "种类", {kind: KINDS[kind].label for kind in ORDERS}),
            Text("case", "案件", ("case__no", "case__number", "case__party_name")),
            Days("at", "实施", source="at", moments=True),
        ),
        front=("state", "late", "case"),
        grains=(
            Grain(
                title="按项",
                unit="项",
                columns=(
                    Column(
                        "case",
                        "案件",
                        source="case_id",
                        link=lambda row: reverse("measures-of-case", args=[row["case_id"]]),
                    ),
                    Column("party", "当事人", source="case__party_name"),
                    Column("measure", "措施", reckoned=True),
                    Column("id", "编号", reckoned=True),
                    Column("items", "物品", reckoned=True),
                    Column("at", "实施", show=day_of),
                    Column("due_on", "期限", reckoned=True),
                    Column("left", "状态", reckoned=True),
                ),
                record_key=lambda row: f"act:{row['case_id']}/{row['seq']}",
                key_fields=("case_id", "seq", "kind", "data"),
                order=("at", "case_id", "seq"),
                reckon=reckon,
            ),
        ),
    )
)
