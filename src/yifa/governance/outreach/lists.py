"""The list of outreach sessions (普法) with audience."""

from yifa.governance.outreach.models import Outreach, OutreachForm
from yifa.listing.columns import Column, Sum
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

FORMS = dict(OutreachForm.choices)

OUTREACH = register(
    ListPage(
        slug="outreach",
        title="普法",
        base=lambda organ: Outreach.objects.filter(organ_id=organ),
        filters=(
            Text("name", "名称"),
            Choice("form", "形式", FORMS),
            Text("place", "地点"),
            Text("regulation", "法规"),
            Days("on", "日期"),
        ),
        front=("name", "form", "place"),
        grains=(
            Grain(
                title="按场",
                unit="场",
                columns=(
                    Column("name", "名称"),
                    Column("on", "日期"),
                    Column("form", "形式", words=FORMS),
                    Column("place", "地点"),
                    Column("regulation", "法规"),
                    Column("audience", "受众人数", number=True),
                ),
                record_key=lambda row: f"outreach:{row['on']}/{row['name']}",
                key_fields=("on", "name"),
                order=("-on", "name"),
            ),
        ),
        sums=(Sum("audience", "受众人数", "audience"),),
    )
)
