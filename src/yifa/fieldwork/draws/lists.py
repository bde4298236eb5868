"""The list of random draws (双随机)."""

from yifa.fieldwork.draws.models import Draw
from yifa.listing.columns import Column
from yifa.listing.filters import Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

DRAWS = register(
    ListPage(
        slug="draws",
        title="双随机",
        base=lambda organ: Draw.objects.filter(organ_id=organ),
        filters=(
            Text("number", "任务编号"),
            Text("subject", "事项"),
            Days("drawn", "抽取日期", source="drawn_on"),
            Days("published", "公示日期", source="published_on"),
        ),
        front=("number", "subject"),
        grains=(
            Grain(
                title="按任务",
                unit="次",
                columns=(
                    Column("number", "任务编号"),
                    Column("subject", "事项"),
                    Column("drawn_on", "抽取日期"),
                    Column("targets_total", "对象总数", number=True),
                    Column("targets_drawn", "抽取对象数", number=True),
                    Column("officers_total", "人员总数", number=True),
                    Column("officers_drawn", "抽取人员数", number=True),
                    Column("published_on", "公示日期"),
                ),
                record_key=lambda row: f"draw:{row['number']}",
                key_fields=("number",),
                order=("-drawn_on", "number"),
            ),
        ),
    )
)
