"""Meetings and duties of the leading group and the first responsible person (会议履职)."""

from django.db import models

from yifa.ledger.bound import bound, opaque
from yifa.registry.organs.models import OrganOwned
from yifa.registry.people.models import Person


class MeetingKind(models.TextChoices):
    LEADING_GROUP = "leading_group", "领导小组会议"
    REPORT_HEARD = "report_heard", "听取汇报"
    STUDY = "study", "理论学习"
    DEPLOYMENT = "deployment", "部署"
    FOLLOW_UP = "supervised_handling", "督办"
    DUTY_REPORT = "duty_report", "述职"


@bound(
    "meeting",
    key=lambda meeting: f"{meeting.organ_id}/{meeting.on}/{opaque(meeting.topic)}",
    legal=("organ_id", "on", "kind", "chaired_by_id", "topic", "resolution"),
    technical=("id",),
)
class Meeting(OrganOwned):
    """Meeting or personal duty (会议履职)."""

    on = models.DateField()
    kind = models.CharField(max_length=30, choices=MeetingKind)
    chaired_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=300)
    resolution = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "on", "topic"], name="meeting_once")]
