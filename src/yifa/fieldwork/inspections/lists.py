"""The list of inspections (检查): by inspection, by officer (人次), by object (户), by town (镇街)."""

from django.db.models import Count, Max, Q, QuerySet

from yifa.fieldwork.campaigns.queries import campaign_names
from yifa.fieldwork.inspections.models import Inspection, InspectionResult, Visit
from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Days, Exact, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.registry.people.queries import names_of

RESULTS = dict(InspectionResult.choices)
TIMES = Column("times", "检查次数", number=True)
LAST_ON = Column("last_on", "最近一次")


def visits(rows: QuerySet) -> QuerySet:
    """One row for each officer at each inspection."""
    return Visit.objects.filter(inspection__in=rows.values("pk"))


def grouped(field: str):
    """One row for each value of the field, with the number of inspections and the last day."""

    def shape(rows: QuerySet) -> QuerySet:
        return rows.values(field).annotate(times=Count("pk"), last_on=Max("on"))

    return shape


BY_INSPECTION = Grain(
    title="按次",
    unit="次",
    columns=(
        Column("number", "编号"),
        Column("on", "日期"),
        Column("campaign", "专项行动", "campaign__name"),
        Column("draw_number", "双随机任务"),
        Column("town", "镇街"),
        Column("target", "对象"),
        Column("officers", "检查人员", lookup="people", packed=True),
        Column("result", "结果", words=RESULTS),
        Column("published_on", "公示日期"),
    ),
    record_key=lambda row: f"inspection:{row['number']}",
    key_fields=("number",),
    order=("-on", "number"),
)
BY_OFFICER = Grain(
    key="visit",
    title="按人次",
    unit="人次",
    columns=(
        Column("number", "编号", "inspection__number"),
        Column("on", "日期", "inspection__on"),
        Column("officer", "检查人员", "person__name"),
        Column("staff_no", "工号", "person__staff_no"),
        Column("campaign", "专项行动", "inspection__campaign__name"),
        Column("town", "镇街", "inspection__town"),
        Column("target", "对象", "inspection__target"),
    ),
    record_key=lambda row: f"inspection:{row['inspection__number']}/{row['person__staff_no']}",
    key_fields=("inspection__number", "person__staff_no"),
    order=("-inspection__on", "inspection__number", "person__staff_no"),
    shape=visits,
)
BY_OBJECT = Grain(
    key="object",
    title="按对象",
    unit="户",
    columns=(Column("target", "对象"), TIMES, LAST_ON),
    record_key=lambda row: f"object:{row['target']}",
    key_fields=("target",),
    order=("target",),
    shape=grouped("target"),
    grouped=True,
)
BY_TOWN = Grain(
    key="town",
    title="按镇街",
    unit="个镇街",
    columns=(Column("town", "镇街"), TIMES, LAST_ON),
    record_key=lambda row: f"town:{row['town']}",
    key_fields=("town",),
    order=("town",),
    shape=grouped("town"),
    grouped=True,
)
INSPECTIONS = register(
    ListPage(
        slug="inspections",
        title="检查",
        base=lambda organ: Inspection.objects.filter(organ_id=organ),
        filters=(
            Text("target", "对象或编号", ("target", "number")),
            Choice("campaign", "专项行动", campaign_names, source="campaign__code"),
            Choice("result", "结果", RESULTS),
            Days("on", "日期"),
            Exact("town", "镇街"),
            Choice("officer", "检查人员", names_of, condition=lambda key: Q(officers__contains=f"|{key}|")),
            Exact("draw", "双随机任务", source="draw_number"),
            Days("published", "公示日期", source="published_on"),
        ),
        front=("target", "campaign", "result"),
        grains=(BY_INSPECTION, BY_OFFICER, BY_OBJECT, BY_TOWN),
        lookup=lambda organ: {"people": names_of(organ)},
    )
)
