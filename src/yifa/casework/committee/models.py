"""A meeting of the case review committee (案审委员会): its agenda, recusals, attendance, minutes and signatures."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case
from yifa.casework.proposals.models import Deliberation
from yifa.ledger.bound import bound
from yifa.ledger.clock import SHANGHAI
from yifa.registry.organs.models import OrganOwned

CALLED, SIGNING, CLOSED, CANCELLED = "called", "signing", "closed", "cancelled"
STATES = {CALLED: "已召集", SIGNING: "纪要待签", CLOSED: "已结束", CANCELLED: "已取消"}
CONFIRMED, OBJECTED = "confirmed", "objected"
CHOICES = {CONFIRMED: "核对无误，签字", OBJECTED: "签字，另有保留意见"}


@bound(
    "committee_meeting",
    key=lambda meeting: meeting.no,
    legal=(
        "no", "organ_id", "year", "serial", "starts_at", "chaired_by", "members", "called_by", "called_at", "state",
        "minutes_by", "minutes_at", "closed_at",
    ),
    personal=("place", "minutes", "words"),
)  # fmt: skip
class CommitteeMeeting(OrganOwned):
    """One meeting. `members`: those invited; `words`: why it was cancelled."""

    no = models.CharField(max_length=60, primary_key=True)
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    chaired_by = models.CharField(max_length=40)
    members = models.JSONField()
    called_by = models.CharField(max_length=40)
    called_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=CALLED)
    minutes = models.TextField(blank=True)
    minutes_by = models.CharField(max_length=40, blank=True)
    minutes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "year", "serial"], name="committee_meeting_serial")
        ]
        indexes = [models.Index(fields=["organ", "starts_at"], name="committee_meeting_at")]

    def __str__(self) -> str:
        return self.no

    @property
    def case_id(self) -> str:
        """A meeting belongs to no one case: an account that sees only some cases sees meetings it is named in."""
        return ""

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def at(self):
        return self.starts_at.astimezone(SHANGHAI)


@bound(
    "committee_item",
    key=lambda item: f"{item.meeting_id}/{item.serial}",
    legal=("organ_id", "meeting_id", "serial", "case_id", "deliberation_id", "put_by", "put_at"),
    personal=("question",),
    technical=("id",),
)
class AgendaItem(OrganOwned):
    """One case on the agenda; `deliberation` once it was opened."""

    meeting = models.ForeignKey(CommitteeMeeting, on_delete=models.PROTECT, related_name="items")
    serial = models.PositiveIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    deliberation = models.ForeignKey(
        Deliberation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    put_by = models.CharField(max_length=40)
    put_at = models.DateTimeField()

    class Meta:
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "serial"], name="committee_item_serial"),
            models.UniqueConstraint(fields=["meeting", "case"], name="committee_item_once"),
        ]


@bound(
    "committee_recusal",
    key=lambda one: f"{one.item_id}/{one.person}",
    legal=("organ_id", "item_id", "person", "at"),
    personal=("reason",),
    technical=("id",),
)
class ItemRecusal(OrganOwned):
    """A member's own declaration that he takes no part in one case."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals")
    person = models.CharField(max_length=40)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="committee_recusal_once")]


@bound(
    "committee_attendance",
    key=lambda one: f"{one.meeting_id}/{one.person}",
    legal=("organ_id", "meeting_id", "person", "at"),
    technical=("id",),
)
class Attendance(OrganOwned):
    """A member who came, by his own log-in."""

    meeting = models.ForeignKey(CommitteeMeeting, on_delete=models.PROTECT, related_name="attendances")
    person = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="committee_attendance_once")
        ]


@bound(
    "minutes_signature",
    key=lambda one: f"{one.meeting_id}/{one.person}",
    legal=("organ_id", "meeting_id", "person", "choice", "at"),
    personal=("words",),
    technical=("id",),
)
class MinutesSignature(OrganOwned):
    """An attendee's own signature under the minutes, with a reservation where he has one."""

    meeting = models.ForeignKey(CommitteeMeeting, on_delete=models.PROTECT, related_name="signatures")
    person = models.CharField(max_length=40)
    choice = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="minutes_signature_once")]

    @property
    def choice_words(self) -> str:
        return CHOICES[self.choice]
