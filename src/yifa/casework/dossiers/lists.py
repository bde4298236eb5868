"""The list of cases closed on paper and entered afterwards (补录的纸质案卷)."""

from yifa.casework.cases.models import Procedure
from yifa.casework.dossiers.models import PaperDossier
from yifa.law.labels import labels
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Exact, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

OUTCOMES = dict(labels("outcome"))
LATE = "补录"

PAPER_DOSSIERS = register(
    ListPage(
        slug="paper-dossiers",
        title="纸质案卷（补录）",
        base=lambda organ: PaperDossier.objects.filter(organ_id=organ),
        # no person of the organ acts in one: who sees only some cases sees none of these
        narrow=lambda rows, reach: rows if reach.whole_organ else rows.none(),
        note="在本系统使用以前已经结案的纸质案卷：只有封面数据和扫描件，没有办案记录，不计入统计。",
        adding=("补录纸质案卷", "paper-dossier-new"),
        filters=(
            Text("q", "案号、当事人", ("number", "party_name", "decision_number")),
            Choice("procedure", "程序", dict(Procedure.choices)),
            Choice("outcome", "处理结果", OUTCOMES),
            Days("decided", "决定", source="decided_on"),
            Days("closed", "结案", source="closed_on"),
            Exact("matter", "事项"),
        ),
        front=("q", "procedure", "outcome"),
        grains=(
            Grain(
                title="按卷",
                unit="卷",
                columns=(
                    Column("no", "编号", link=lambda row: f"/desk/paper-dossiers/{row['no']}/"),
                    Column("late", "标记", "entered_at", show=lambda row: LATE),
                    Column("number", "案号"),
                    Column("party_name", "当事人"),
                    Column("matter", "事项"),
                    Column("outcome", "处理结果", words=OUTCOMES),
                    Column("decided_on", "决定日期"),
                    Column("closed_on", "结案日期"),
                ),
                record_key=lambda row: f"paper_dossier:{row['no']}",
                key_fields=("no",),
                order=("-serial",),
            ),
        ),
    )
)
