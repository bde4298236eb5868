"""The list of recordings (执法记录) with their total length and size."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from yifa.fieldwork.recordings.models import Recording
from yifa.law.labels import labels
from yifa.listing.columns import Column, Sum
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.registry.people.models import Person
from yifa.registry.people.queries import names_of
from yifa.registry.people.reach import UNIT, Reach

RETENTIONS = {"permanent": "永久", "limited": "按天数"}
STEPS = dict(labels("event_kind"))


def kept(retention: str) -> str:
    return "永久" if retention == "permanent" else f"{retention} 天"


def retained(key: str) -> Q:
    return Q(retention=key) if key == "permanent" else ~Q(retention="permanent")


def hours(seconds: int) -> str:
    """74100 → 20时35分0秒."""
    return gettext("%(h)s时%(m)s分%(s)s秒") % {
        "h": seconds // 3600,
        "m": seconds // 60 % 60,
        "s": seconds % 60,
    }


def seen(rows: QuerySet, reach: Reach) -> QuerySet:
    """A unit's recordings are those its officers made; they name the case they belong to."""
    if reach.whole_organ:
        return rows
    people = Person.objects.filter(organ_id=reach.organ)
    unit = people.filter(unit=reach.unit) if reach.kind == UNIT and reach.unit else people.none()
    numbers = {*unit.values_list("staff_no", flat=True), reach.staff_no} - {""}
    wanted = Q(pk__in=())
    for number in numbers:
        wanted |= Q(officers__contains=f"|{number}|")
    return rows.filter(wanted)


RECORDINGS = register(
    ListPage(
        slug="recordings",
        title="执法记录",
        base=lambda organ: Recording.objects.filter(organ_id=organ),
        narrow=seen,
        filters=(
            Text("number", "编号或案号", ("number", "case_number")),
            Choice("retention", "保存期限", RETENTIONS, condition=retained),
            Choice("step", "环节", STEPS),
            Days("started", "开始时间", source="started_at", moments=True),
            Text("device", "设备编号"),
            Choice("officer", "执法人员", names_of, condition=lambda key: Q(officers__contains=f"|{key}|")),
            Text("inspection", "检查编号", ("inspection_number",)),
        ),
        front=("number", "retention", "step"),
        grains=(
            Grain(
                title="按条",
                unit="条",
                columns=(
                    Column("number", "编号"),
                    Column("started_at", "开始时间"),
                    Column("seconds", "时长(秒)", number=True),
                    Column("bytes", "大小(字节)", number=True, show=lambda value: f"{value:,}"),
                    Column("case_number", "案号"),
                    Column("inspection_number", "检查编号"),
                    Column("step", "环节", words=STEPS),
                    Column("device", "设备编号"),
                    Column("officers", "执法人员", lookup="people", packed=True),
                    Column("retention", "保存期限", show=kept),
                ),
                record_key=lambda row: f"recording:{row['number']}",
                key_fields=("number",),
                order=("-started_at", "number"),
            ),
        ),
        sums=(
            Sum("seconds", "时长", "seconds", hours),
            Sum("bytes", "大小", "bytes", lambda value: gettext("%(count)s 字节") % {"count": f"{value:,}"}),
        ),
        lookup=lambda organ: {"people": names_of(organ)},
    )
)
