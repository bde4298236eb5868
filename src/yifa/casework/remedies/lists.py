"""The list of reconsiderations and suits (复议诉讼)."""

from yifa.casework.cases.queries import of_cases_within_reach
from yifa.casework.remedies.models import Dispute, DisputeKind
from yifa.law.labels import labels
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

KINDS = dict(DisputeKind.choices)
RESULTS = dict(labels("dispute_result"))

DISPUTES = register(
    ListPage(
        slug="disputes",
        title="复议诉讼",
        base=lambda organ: Dispute.objects.filter(organ_id=organ),
        narrow=of_cases_within_reach,
        filters=(
            Text("number", "案号", ("case__number",)),
            Choice("kind", "类型", KINDS),
            Choice("result", "结果", RESULTS),
            Days("filed", "提起", source="filed_on"),
            Days("decided", "结果日期", source="decided_on"),
        ),
        front=("number", "kind", "result"),
        grains=(
            Grain(
                title="按件",
                unit="件",
                columns=(
                    Column(
                        "number",
                        "案号",
                        "case__number",
                        link=lambda row: f"/desk/cases/{row['case_id']}/remedies/",
                    ),
                    Column("kind", "类型", words=KINDS),
                    Column("filed_on", "提起日期"),
                    Column("party_name", "当事人", "case__party_name"),
                    Column("result", "结果", words=RESULTS),
                    Column("decided_on", "结果日期"),
                ),
                record_key=lambda row: f"dispute:{row['case__number']}/{row['kind']}/{row['filed_on']}",
                key_fields=("case__number", "kind", "filed_on", "case_id"),
                order=("-filed_on", "case__number", "kind"),
            ),
        ),
    )
)
