"""The list of rule documents (制度文件): by operation or by name, and which are in force on a day."""

from datetime import date

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yifa.governance.norms.models import RuleCategory, RuleDocument, RuleOperation
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Day, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

CATEGORIES = dict(RuleCategory.choices)
OPERATIONS = dict(RuleOperation.choices)
EFFECTIVE = Coalesce("effective_on", "on")


def in_force(rows: QuerySet, day: date) -> QuerySet:
    """Of each document the last operation effective by the day, unless that is its repeal."""
    same = RuleDocument.objects.filter(organ_id=OuterRef("organ_id"), name=OuterRef("name"))
    last = same.alias(effective=EFFECTIVE).filter(effective__lte=day).order_by("-effective", "-on", "-pk")
    return rows.filter(pk=Subquery(last.values("pk")[:1])).exclude(operation=RuleOperation.REPEALED)


def by_name(rows: QuerySet) -> QuerySet:
    return rows.values("name").annotate(operations=Count("pk"), last_on=Max("on"))


RULE_DOCUMENTS = register(
    ListPage(
        slug="rule-documents",
        title="制度文件",
        base=lambda organ: RuleDocument.objects.filter(organ_id=organ),
        filters=(
            Text("name", "名称"),
            Choice("category", "类别", CATEGORIES),
            Choice("operation", "操作", OPERATIONS),
            Days("on", "日期"),
            Day("in_force", "有效于", condition=in_force),
        ),
        front=("name", "category", "operation"),
        grains=(
            Grain(
                title="按操作",
                unit="条",
                columns=(
                    Column("name", "名称"),
                    Column("category", "类别", words=CATEGORIES),
                    Column("operation", "操作", words=OPERATIONS),
                    Column("on", "日期"),
                    Column("effective_on", "生效日期"),
                ),
                record_key=lambda row: f"rule_document:{row['name']}/{row['on']}",
                key_fields=("name", "on"),
                order=("-on", "name"),
            ),
            Grain(
                key="name",
                title="按名称",
                unit="部",
                columns=(
                    Column("name", "名称"),
                    Column("operations", "操作次数", number=True),
                    Column("last_on", "最近一次"),
                ),
                record_key=lambda row: f"rule_document:{row['name']}",
                key_fields=("name",),
                order=("name",),
                shape=by_name,
                grouped=True,
            ),
        ),
    )
)
