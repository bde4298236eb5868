"""The list of adjusted disclosure items (公开事项)."""

from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.openness.disclosure.models import Adjustment, DisclosureCategory, DisclosureItem

CATEGORIES = dict(DisclosureCategory.choices)
OPERATIONS = dict(Adjustment.choices)

DISCLOSURE_ITEMS = register(
    ListPage(
        slug="disclosure-items",
        title="公开事项",
        base=lambda organ: DisclosureItem.objects.filter(organ_id=organ),
        filters=(
            Text("name", "名称"),
            Choice("category", "类别", CATEGORIES),
            Choice("operation", "操作", OPERATIONS),
            Days("on", "日期"),
        ),
        front=("name", "category", "operation"),
        grains=(
            Grain(
                title="按项",
                unit="项",
                columns=(
                    Column("name", "名称"),
                    Column("category", "类别", words=CATEGORIES),
                    Column("operation", "操作", words=OPERATIONS),
                    Column("on", "日期"),
                    Column("reviewed_by", "审核人", "reviewed_by__name"),
                    Column("released_by", "发布人", "released_by__name"),
                ),
                record_key=lambda row: f"disclosure_item:{row['name']}/{row['on']}",
                key_fields=("name", "on"),
                order=("-on", "name"),
            ),
        ),
    )
)
