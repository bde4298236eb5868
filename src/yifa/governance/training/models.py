"""Training sessions (法制培训)."""

from django.db import models

from yifa.ledger.bound import bound, opaque
from yifa.registry.organs.models import OrganOwned


class TrainingForm(models.TextChoices):
    EXPERT_LECTURE = "expert_lecture", "专家授课"
    CASE_ANALYSIS = "case_analysis", "案例分析"
    QUESTIONS = "questions_and_answers", "现场问答"
    ATTACHED_PRACTICE = "attached_practice", "跟班实战"
    OTHER = "other", "其他"


@bound(
    "training",
    key=lambda training: f"{training.organ_id}/{training.on}/{opaque(training.name)}",
    legal=("organ_id", "on", "name", "form", "attendances", "hours_hundredths"),
    technical=("id",),
)
class Training(OrganOwned):
    """Training session (培训). Hours are kept in hundredths, since the ledger knows no fractions."""

    on = models.DateField()
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=30, choices=TrainingForm)
    attendances = models.PositiveIntegerField()
    hours_hundredths = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "on", "name"], name="training_once")]
