"""Random draws of inspection targets and inspectors (双随机), as registered."""

from django.db import models

from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned


@bound(
    "draw",
    key=lambda draw: f"{draw.organ_id}/{draw.number}",
    legal=(
        "organ_id",
        "number",
        "subject",
        "drawn_on",
        "targets_total",
        "targets_drawn",
        "officers_total",
        "officers_drawn",
        "published_on",
    ),
    technical=("id",),
)
class Draw(OrganOwned):
    """Random draw (双随机抽查任务)."""

    number = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    drawn_on = models.DateField()
    targets_total = models.PositiveIntegerField()
    targets_drawn = models.PositiveIntegerField()
    officers_total = models.PositiveIntegerField()
    officers_drawn = models.PositiveIntegerField()
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="draw_number")]
