"""The list of postings (公示报送)."""

from yifa.casework.cases.queries import of_cases_within_reach
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.openness.publicity.models import Channel, Posting

CHANNELS = dict(Channel.choices)

POSTINGS = register(
    ListPage(
        slug="postings",
        title="公示报送",
        base=lambda organ: Posting.objects.filter(organ_id=organ),
        narrow=of_cases_within_reach,
        filters=(
            Text("number", "案号", ("case__number",)),
            Choice("channel", "渠道", CHANNELS),
            Text("receipt", "回执号", ("receipt_no",)),
            Days("on", "日期"),
        ),
        front=("number", "channel", "receipt"),
        grains=(
            Grain(
                title="按件",
                unit="件",
                columns=(
                    Column(
                        "number",
                        "案号",
                        "case__number",
                        link=lambda row: f"/desk/cases/{row['case_id']}/",
                    ),
                    Column("channel", "渠道", words=CHANNELS),
                    Column("on", "日期"),
                    Column("party_name", "当事人", "case__party_name"),
                    Column("receipt_no", "回执号"),
                ),
                record_key=lambda row: f"posting:{row['case__number']}/{row['channel']}",
                key_fields=("case__number", "channel", "case_id"),
                order=("-on", "case__number", "channel"),
            ),
        ),
    )
)
