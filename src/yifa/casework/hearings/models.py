"""A hearing (听证) from its arrangement to its report; lines of its transcript and signatures are rows, never edited."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case
from yifa.ledger.bound import bound
from yifa.ledger.clock import SHANGHAI
from yifa.registry.organs.models import OrganOwned

ARRANGED, NOTIFIED, HELD, CANCELLED = "arranged", "notified", "held", "cancelled"
STATES = {ARRANGED: "已安排，待通知", NOTIFIED: "已通知", HELD: "已举行", CANCELLED: "已取消"}
LIVING = (ARRANGED, NOTIFIED)
SIDES = {
    "presiding": "主持人", "recorder": "记录人", "handler": "调查人员", "party": "当事人", "agent": "代理人",
    "third": "第三人", "witness": "证人",
}  # fmt: skip
SIGNED, REFUSED = "signed", "refused"
SIGNATURES = {SIGNED: "核对无误，已签名", REFUSED: "拒绝签名"}


@bound(
    "hearing",
    key=lambda hearing: hearing.no,
    legal=(
        "no", "organ_id", "case_id", "serial", "presided_by", "recorder", "starts_at", "public", "state", "arranged_by",
        "arranged_at", "notified_seq", "held_seq", "attendance", "reported_by", "reported_at",
    ),
    personal=("place", "private_reason", "participants", "report", "words"),
)  # fmt: skip
class Hearing(OrganOwned):
    """One hearing. `notified_seq`, `held_seq`: the acts of the case; `words`: why it was cancelled."""

    no = models.CharField(max_length=24, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    presided_by = models.CharField(max_length=40)
    recorder = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    public = models.BooleanField(default=True)
    private_reason = models.TextField(blank=True)
    participants = models.TextField(blank=True)
    state = models.CharField(max_length=12, default=ARRANGED)
    arranged_by = models.CharField(max_length=40)
    arranged_at = models.DateTimeField()
    notified_seq = models.PositiveIntegerField(null=True, blank=True)
    held_seq = models.PositiveIntegerField(null=True, blank=True)
    attendance = models.CharField(max_length=12, blank=True)
    report = models.TextField(blank=True)
    reported_by = models.CharField(max_length=40, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "serial"], name="hearing_serial"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state__in=LIVING), name="hearing_living_once"
            ),
        ]
        indexes = [models.Index(fields=["organ", "starts_at"], name="hearing_calendar")]

    def __str__(self) -> str:
        return self.no

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def at(self):
        return self.starts_at.astimezone(SHANGHAI)


@bound(
    "hearing_line",
    key=lambda line: f"{line.hearing_id}/{line.serial}",
    legal=("organ_id", "hearing_id", "serial", "side", "evidence", "point", "corrects", "by", "at"),
    personal=("speaker", "words"),
    technical=("id",),
)
class TranscriptLine(OrganOwned):
    """What one person said, with the evidence shown then. `point`: the party's point, to be answered; `corrects`: the
    line this one puts right."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="lines")
    serial = models.PositiveIntegerField()
    side = models.CharField(max_length=12)
    speaker = models.CharField(max_length=100)
    words = models.TextField()
    evidence = models.JSONField(default=list)
    point = models.BooleanField(default=False)
    corrects = models.PositiveIntegerField(null=True, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["hearing", "serial"], name="hearing_line_serial")]

    @property
    def side_words(self) -> str:
        return SIDES[self.side]


@bound(
    "hearing_signature",
    key=lambda one: f"{one.hearing_id}/{one.serial}",
    legal=("organ_id", "hearing_id", "serial", "side", "outcome", "by", "at"),
    personal=("name", "words"),
    technical=("id",),
)
class TranscriptSignature(OrganOwned):
    """Who checked the transcript and signed it, or refused, with the note of the host. `by`: who entered it."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="signatures")
    serial = models.PositiveIntegerField()
    side = models.CharField(max_length=12)
    name = models.CharField(max_length=100)
    outcome = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["hearing", "serial"], name="hearing_signature_serial")]

    @property
    def side_words(self) -> str:
        return SIDES[self.side]

    @property
    def outcome_words(self) -> str:
        return SIGNATURES[self.outcome]
