"""Inspections of the public (检查): where, what, by whom, with which result."""

from django.db import models

from yifa.fieldwork.campaigns.models import Campaign
from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned
from yifa.registry.people.models import Person


class InspectionResult(models.TextChoices):
    """Result of an inspection (检查结果)."""

    NORMAL = "normal", "正常"
    CORRECTED = "corrected_on_the_spot", "当场改正"
    ORDERED = "correction_ordered", "责令改正"
    CASE_OPENED = "case_opened", "立案"
    TRANSFERRED = "transferred", "移送"


@bound(
    "inspection",
    key=lambda inspection: f"{inspection.organ_id}/{inspection.number}",
    legal=(
        "organ_id",
        "number",
        "on",
        "campaign_id",
        "draw_number",
        "town",
        "officers",
        "result",
        "published_on",
    ),
    personal=("target",),
    technical=("id",),
)
class Inspection(OrganOwned):
    """Inspection (检查). `officers` is `|0101|0102|` as signed; the visits below are its rows to count."""

    number = models.CharField(max_length=60)
    on = models.DateField()
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    draw_number = models.CharField(max_length=60, blank=True)
    town = models.CharField(max_length=60)
    target = models.CharField(max_length=200)
    officers = models.CharField(max_length=400)
    result = models.CharField(max_length=30, choices=InspectionResult)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="inspection_number")]
        indexes = [models.Index(fields=["organ", "campaign", "on"], name="inspection_campaign_on")]


class Visit(models.Model):
    """One officer at one inspection (人次). Derived from `Inspection.officers`."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "person"], name="visit_once")]
