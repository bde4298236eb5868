"""The list of training sessions (培训) with attendances."""

from yifa.governance.training.models import Training, TrainingForm
from yifa.listing.columns import Column, Sum
from yifa.listing.filters import Choice, Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

FORMS = dict(TrainingForm.choices)


def hours(hundredths: int | None) -> str:
    """250 → 2.5; nothing for none."""
    return "" if hundredths is None else f"{hundredths / 100:g}"


TRAININGS = register(
    ListPage(
        slug="trainings",
        title="培训",
        base=lambda organ: Training.objects.filter(organ_id=organ),
        filters=(Text("name", "名称"), Choice("form", "形式", FORMS), Days("on", "日期")),
        front=("name", "form"),
        grains=(
            Grain(
                title="按场",
                unit="场",
                columns=(
                    Column("name", "名称"),
                    Column("on", "日期"),
                    Column("form", "形式", words=FORMS),
                    Column("attendances", "参训人次", number=True),
                    Column("hours_hundredths", "学时", number=True, show=hours),
                ),
                record_key=lambda row: f"training:{row['on']}/{row['name']}",
                key_fields=("on", "name"),
                order=("-on", "name"),
            ),
        ),
        sums=(Sum("attendances", "参训人次", "attendances"),),
    )
)
