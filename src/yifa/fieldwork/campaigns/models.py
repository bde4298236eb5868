"""Campaigns (专项行动) and what they hand over to other departments (移交)."""

from django.db import models

from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned


@bound(
    "campaign",
    key=lambda campaign: f"{campaign.organ_id}/{campaign.code}",
    legal=("organ_id", "code", "name", "starts_on", "ends_on", "field", "receiver"),
    technical=("id",),
)
class Campaign(OrganOwned):
    """Campaign (专项行动)."""

    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    field = models.CharField(max_length=100, blank=True)
    receiver = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "code"], name="campaign_code")]

    def __str__(self) -> str:
        return self.name


@bound(
    "handover",
    key=lambda handover: f"{handover.organ_id}/{handover.number}",
    legal=("organ_id", "number", "on", "campaign_id", "material", "receiver", "receipt_no"),
    technical=("id",),
)
class HandOver(OrganOwned):
    """Hand-over of lists or reports to another department (移交)."""

    number = models.CharField(max_length=60)
    on = models.DateField()
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    material = models.CharField(max_length=300)
    receiver = models.CharField(max_length=100)
    receipt_no = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="handover_number")]
