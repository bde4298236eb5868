"""Legal outreach sessions (普法)."""

from django.db import models

from yifa.ledger.bound import bound, opaque
from yifa.registry.organs.models import OrganOwned


class OutreachForm(models.TextChoices):
    COMMUNITY = "community_session", "社区宣讲"
    LECTURE = "lecture", "专题讲座"
    COURT = "court_observation", "旁听庭审"
    PARTY_DAY = "party_day", "主题党日"
    CASE_EXPLANATION = "case_explanation", "以案释法"
    OTHER = "other", "其他"


@bound(
    "outreach",
    key=lambda outreach: f"{outreach.organ_id}/{outreach.on}/{opaque(outreach.name)}",
    legal=("organ_id", "on", "name", "form", "place", "regulation", "audience"),
    technical=("id",),
)
class Outreach(OrganOwned):
    """Outreach session (普法活动)."""

    on = models.DateField()
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=30, choices=OutreachForm)
    place = models.CharField(max_length=200, blank=True)
    regulation = models.CharField(max_length=200, blank=True)
    audience = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "on", "name"], name="outreach_once")]
