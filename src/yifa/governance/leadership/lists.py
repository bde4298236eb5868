"""The list of meetings and duties (会议履职)."""

from yifa.governance.leadership.models import Meeting, MeetingKind
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.registry.people.queries import names_of

KINDS = dict(MeetingKind.choices)

MEETINGS = register(
    ListPage(
        slug="meetings",
        title="会议履职",
        base=lambda organ: Meeting.objects.filter(organ_id=organ),
        filters=(
            Text("topic", "议题"),
            Choice("kind", "类型", KINDS),
            Choice("chair", "主持人", names_of, source="chaired_by__staff_no"),
            Days("on", "日期"),
        ),
        front=("topic", "kind", "chair"),
        grains=(
            Grain(
                title="按次",
                unit="次",
                columns=(
                    Column("topic", "议题"),
                    Column("on", "日期"),
                    Column("kind", "类型", words=KINDS),
                    Column("chaired_by", "主持人", "chaired_by__name"),
                    Column("resolution", "决议"),
                ),
                record_key=lambda row: f"meeting:{row['on']}/{row['topic']}",
                key_fields=("on", "topic"),
                order=("-on", "topic"),
            ),
        ),
    )
)
