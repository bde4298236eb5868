"""A case is its record: a head and a list of acts, appended and never edited. The rest is derived."""

from typing import Any

from django.db import models

from yifa.casework.cases.mentions import Mentions
from yifa.ledger.bound import bound
from yifa.registry.organs.models import Organ, OrganOwned


class Procedure(models.TextChoices):
    ORDINARY = "ordinary", "普通"
    SUMMARY = "summary", "简易"


@bound(
    "case",
    key=lambda case: case.no,
    legal=(
        "no",
        "organ_id",
        "year",
        "serial",
        "number",
        "procedure",
        "matter",
        "campaign",
        "party_kind",
        "territory",
        "town",
        "entrustment",
        "other_proceedings",
        "entered_late",
        "act_count",
        "stage",
        "opened_on",
        "decided_on",
        "closed_on",
        "fine_fen",
        "handlers",
    ),
    personal=("party", "party_name", "violation"),
    technical=(
        "last_act_at",
        "blocks",
        "warns",
        "due_on",
        "due_rule",
        "due_from",
        "due_unit",
        "owed_fen",
        "pay_by",
        "unit",
        "named",
    ),
)
class Case(OrganOwned):
    """Case (案件). `no` is its address `YYYY-NNNN`; `number` is the 案号 of its number series.

    `party`, `violation`, `entrustment`, `other_proceedings` are the parts of the record head as in
    docs/spec/record.md. `due_on` is the nearest statutory deadline that ran after the last act (`due_rule`), counted from
    `due_from` in `due_unit`. `owed_fen` is still to be paid of the latest decision, `pay_by` the last day to pay it (null: no penalty, or not
    served). From `act_count` on, columns are derived from the acts by `projections.derive`.
    """

    no = models.CharField(max_length=16, primary_key=True)
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=100)
    procedure = models.CharField(max_length=10, choices=Procedure)
    matter = models.CharField(max_length=20)
    campaign = models.CharField(max_length=60, blank=True)
    party = models.JSONField()
    party_name = models.CharField(max_length=200)
    party_kind = models.CharField(max_length=20)
    violation = models.JSONField()
    territory = models.CharField(max_length=12)
    town = models.CharField(max_length=60, blank=True)
    entrustment = models.JSONField(null=True, blank=True)
    other_proceedings = models.JSONField(default=list)
    entered_late = models.BooleanField(default=False)
    act_count = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=30, default="lead")
    opened_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    fine_fen = models.BigIntegerField(default=0)
    handlers = models.CharField(max_length=400, blank=True)
    last_act_at = models.DateTimeField(null=True, blank=True)
    blocks = models.PositiveIntegerField(default=0)
    warns = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    due_rule = models.CharField(max_length=20, blank=True)
    due_from = models.DateField(null=True, blank=True)
    due_unit = models.CharField(max_length=12, blank=True)
    owed_fen = models.BigIntegerField(null=True, blank=True)
    pay_by = models.DateField(null=True, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    named = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["year", "serial"], name="case_no_gapless"),
        ]
        indexes = [
            # Wide on purpose: whatever the list is asked, it reads this index and not the rows, ten times as big.
            models.Index(
                fields=[
                    "organ",
                    "year",
                    "serial",
                    "procedure",
                    "stage",
                    "matter",
                    "campaign",
                    "town",
                    "opened_on",
                    "decided_on",
                    "closed_on",
                    "fine_fen",
                    "number",
                    "party_name",
                    "no",
                ],
                name="case_listed",
            ),
            models.Index(fields=["organ", "opened_on"], name="case_opened"),
            models.Index(
                fields=["organ", "closed_on"],
                condition=models.Q(closed_on__isnull=False),
                name="case_closed",
            ),
            # Few cases are open at any time, however many there were.
            models.Index(
                fields=["organ", "year", "serial"],
                condition=models.Q(closed_on__isnull=True),
                name="case_open",
            ),
            # Decided and not closed: who still owes what.
            models.Index(
                fields=["organ", "decided_on", "no"],
                condition=models.Q(closed_on__isnull=True, decided_on__isnull=False),
                name="case_executed",
            ),
            models.Index(fields=["organ", "stage", "year", "serial"], name="case_stage"),
            models.Index(fields=["organ", "due_on"], name="case_due"),
            models.Index(fields=["organ", "unit", "year", "serial"], name="case_unit"),
        ]

    def __str__(self) -> str:
        return self.no


@bound(
    "act",
    key=lambda act: f"{act.case_id}/{act.seq}",
    legal=(
        "organ_id",
        "case_id",
        "seq",
        "at",
        "at_is_date",
        "kind",
        "by",
        "data",
        "entered_late",
        "entered_by",
    ),
    personal=("words",),
    technical=("id", "recorded_at"),
)
class Act(Mentions, OrganOwned):
    """One act of a case (办案记录). Keys of the event are in `data`; its free text is in `words` (erasable).

    `at` is exact; where only the day is known, `at_is_date` is true and `at` is its first moment, Asia/Shanghai.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    at_is_date = models.BooleanField(default=False)
    kind = models.CharField(max_length=40)
    by = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    entered_late = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="act_seq")]
        indexes = [
            models.Index(fields=["organ", "kind", "at", "case"], name="act_kind_at"),
            models.Index(fields=["entered_by", "id"], name="act_entered"),
        ]

    def get(self, key: str, default: Any = None) -> Any:
        """A key of the event, wherever it is kept."""
        return self.data.get(key, self.words.get(key, default))


class CaseFinding(models.Model):
    """What the rule book found, as of the last act: derived, replaced with every act."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=20)
    article = models.CharField(max_length=100)
    severity = models.CharField(max_length=10)
    act_seq = models.PositiveIntegerField(null=True, blank=True)
    message = models.TextField()
    remedy = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["organ", "rule", "case"], name="finding_rule")]


class Tally(models.Model):
    """A counter kept up to date in the act's own transaction by the projections of upper rooms."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    period = models.CharField(max_length=7)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "name", "period"], name="tally_once")]


class CaseYear(models.Model):
    """The last serial given in a year: the row whose lock keeps case addresses gapless."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
