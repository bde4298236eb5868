"""Instruments of a case (文书), their numbers, and the editions of their texts."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case
from yifa.law.forms import definitions
from yifa.ledger.bound import bound
from yifa.registry.organs.models import Organ, OrganOwned

DRAFT, SUBMITTED, FIXED, ISSUED, REVOKED, CORRECTED = (
    "draft", "submitted", "fixed", "issued", "revoked", "corrected",
)  # fmt: skip
STATES = {
    DRAFT: "草稿", SUBMITTED: "待审", FIXED: "待用印", ISSUED: "已用印", REVOKED: "已撤销", CORRECTED: "已更正",
}  # fmt: skip
SERVED = "已送达"
SEALED = (ISSUED, REVOKED, CORRECTED)
"""States of a paper that was sealed, whatever became of it."""
WAITING, APPROVED, RETURNED, WITHDRAWN = "waiting", "approved", "returned", "withdrawn"
ROUNDS = {WAITING: "等待审批", APPROVED: "批准", RETURNED: "退回", WITHDRAWN: "撤回"}


@bound(
    "instrument",
    key=lambda paper: paper.no,
    legal=(
        "no", "organ_id", "case_id", "serial", "form", "template_edition", "text", "state", "number", "dated_on", "content",
        "pdf_sha256", "made_by", "made_at", "fixed_at", "issued_at", "revoked_at",
    ),
    personal=("fields", "reason"),
)  # fmt: skip
class Instrument(OrganOwned):
    """One paper. `fields`: label → value as typed; `text` is the edition it was made from; `content` the digest that
    `instrument_fixed` commits to; `reason` why it was revoked."""

    no = models.CharField(max_length=24, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    form = models.CharField(max_length=40)
    template_edition = models.CharField(max_length=40)
    text = models.TextField()
    fields = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=DRAFT)
    number = models.CharField(max_length=100, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    content = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "serial"], name="instrument_serial")]
        indexes = [
            models.Index(fields=["organ", "number"], name="instrument_number_of"),
            models.Index(fields=["content"], name="instrument_content"),
        ]

    def __str__(self) -> str:
        return self.no

    @property
    def definition(self) -> definitions.Definition:
        return definitions.definition(self.form)

    @property
    def state_words(self) -> str:
        return STATES[self.state]


class InstrumentFile(models.Model):
    """The finished PDF of an issued paper, as it was hashed."""

    instrument = models.OneToOneField(
        Instrument, on_delete=models.PROTECT, primary_key=True, related_name="file"
    )
    pdf = models.BinaryField()


@bound(
    "instrument_number",
    key=lambda one: f"{one.organ_id}/{one.number}",
    legal=(
        "organ_id",
        "series",
        "year",
        "serial",
        "number",
        "instrument_id",
        "drawn_at",
        "void",
        "voided_at",
    ),
    personal=("reason",),
    technical=("id",),
)
class InstrumentNumber(OrganOwned):
    """A number drawn from a series. A void one stays, with its reason: series have no gaps."""

    series = models.CharField(max_length=10)
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=100)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="numbers")
    drawn_at = models.DateTimeField()
    void = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "series", "year", "serial"], name="number_gapless"),
            models.UniqueConstraint(fields=["organ", "number"], name="number_once"),
        ]


class NumberSeries(models.Model):
    """The last serial of a series in a year: the row whose lock keeps numbers gapless."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=10)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "series", "year"], name="series_once")]


@bound(
    "template_edition",
    key=lambda one: f"{one.organ_id}/{one.form}/{one.serial}",
    legal=("organ_id", "form", "serial", "text", "valid_from", "published_by", "published_at"),
    personal=("note",),
    technical=("id",),
)
class TemplateEdition(OrganOwned):
    """An edition of the text of a form, published by the organ; never edited, the next one follows."""

    form = models.CharField(max_length=40)
    serial = models.PositiveIntegerField()
    text = models.TextField()
    valid_from = models.DateField()
    note = models.TextField(blank=True)
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "form", "serial"], name="edition_serial")]

    @property
    def name(self) -> str:
        return f"本机关第{self.serial}版"


@bound(
    "instrument_approval",
    key=lambda one: f"{one.instrument_id}/{one.serial}",
    legal=(
        "organ_id", "instrument_id", "serial", "role", "submitted_by", "submitted_at", "state", "decided_by", "decided_at",
    ),
    personal=("reason",),
    technical=("id",),
)  # fmt: skip
class InstrumentApproval(OrganOwned):
    """A round of approval of a paper (送审): submitted, then approved, returned with a `reason`, or withdrawn."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="approvals")
    serial = models.PositiveIntegerField()
    role = models.CharField(max_length=20)
    submitted_by = models.CharField(max_length=40)
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=WAITING)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["instrument", "serial"], name="approval_serial")]
        indexes = [models.Index(fields=["organ", "state"], name="approval_waiting")]

    @property
    def state_words(self) -> str:
        return ROUNDS[self.state]


@bound(
    "instrument_correction",
    key=lambda one: one.paper_id,
    legal=("organ_id", "paper_id", "corrects_id", "begun_by", "begun_at"),
    personal=("reason",),
)
class InstrumentCorrection(OrganOwned):
    """A paper that corrects a sealed one (更正), and why; in force once the paper is sealed itself."""

    paper = models.OneToOneField(
        Instrument, on_delete=models.PROTECT, primary_key=True, related_name="correction"
    )
    corrects = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="corrections")
    begun_by = models.CharField(max_length=40)
    begun_at = models.DateTimeField()
    reason = models.TextField()
