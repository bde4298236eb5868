"""The lists of campaigns (专项行动) and of hand-overs (移交)."""

from yifa.fieldwork.campaigns.models import Campaign, HandOver
from yifa.fieldwork.campaigns.queries import campaign_names
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

CAMPAIGNS = register(
    ListPage(
        slug="campaigns",
        title="专项行动",
        base=lambda organ: Campaign.objects.filter(organ_id=organ),
        filters=(
            Text("name", "名称或代码", ("name", "code")),
            Text("field", "领域"),
            Text("receiver", "接收部门"),
            Days("starts", "开始", source="starts_on"),
        ),
        front=("name", "field", "receiver"),
        grains=(
            Grain(
                title="按行动",
                unit="个",
                columns=(
                    Column("code", "代码"),
                    Column("name", "名称"),
                    Column("starts_on", "开始日期"),
                    Column("ends_on", "结束日期"),
                    Column("field", "领域"),
                    Column("receiver", "接收部门"),
                ),
                record_key=lambda row: f"campaign:{row['code']}",
                key_fields=("code",),
                order=("-starts_on", "code"),
            ),
        ),
    )
)
HANDOVERS = register(
    ListPage(
        slug="handovers",
        title="移交",
        base=lambda organ: HandOver.objects.filter(organ_id=organ),
        filters=(
            Text("number", "编号"),
            Choice("campaign", "专项行动", campaign_names, source="campaign__code"),
            Text("receiver", "接收部门"),
            Days("on", "日期"),
        ),
        front=("number", "campaign", "receiver"),
        grains=(
            Grain(
                title="按次",
                unit="件",
                columns=(
                    Column("number", "编号"),
                    Column("on", "日期"),
                    Column("campaign", "专项行动", "campaign__name"),
                    Column("material", "材料"),
                    Column("receiver", "接收部门"),
                    Column("receipt_no", "回执号"),
                ),
                record_key=lambda row: f"handover:{row['number']}",
                key_fields=("number",),
                order=("-on", "number"),
            ),
        ),
    )
)
