"""Decisions published and reported (公示报送), APL art. 48."""

from django.db import models

from yifa.casework.cases.models import Case
from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned


class Channel(models.TextChoices):
    PORTAL = "portal", "门户"
    SUPERVISION = "supervision_platform", "行政执法监督平台"
    CREDIT = "credit_platform", "信用信息平台"


@bound(
    "posting",
    key=lambda posting: f"{posting.case_id}/{posting.channel}",
    legal=("organ_id", "case_id", "channel", "on", "receipt_no"),
    technical=("id",),
)
class Posting(OrganOwned):
    """A case posted through one channel (公示报送)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=30, choices=Channel)
    on = models.DateField()
    receipt_no = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "channel"], name="posting_once")]
        indexes = [
            models.Index(fields=["organ", "channel", "on"], name="posting_channel_on"),
            models.Index(fields=["organ", "on", "case", "channel"], name="posting_on"),
        ]
