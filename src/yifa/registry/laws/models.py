"""What an organ loads and decides about its law: statute texts, editions of parameters and holidays, moved deadlines."""

from __future__ import annotations

from django.db import models

from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned


@bound(
    "law_text",
    key=lambda text: f"{text.organ_id}/{text.statute}/{text.edition}",
    legal=("organ_id", "statute", "edition", "title", "articles", "source", "sha256", "recorded_at"),
    technical=("id",),
)
class LawText(OrganOwned):
    """The official text of one edition of a statute. Written once. `articles`: number → paragraphs."""

    statute = models.CharField(max_length=20)
    edition = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    articles = models.JSONField()
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "statute", "edition"], name="law_text_edition")
        ]


class EditionKind(models.TextChoices):
    """What an edition is of."""

    PARAMETER = "parameter", "参数"
    HOLIDAYS = "holidays", "放假安排"


@bound(
    "law_edition",
    key=lambda edition: f"{edition.organ_id}/{edition.kind}/{edition.name}/{edition.serial}",
    legal=(
        "organ_id",
        "kind",
        "name",
        "serial",
        "value",
        "unit",
        "valid_from",
        "valid_to",
        "source",
        "note",
        "decided_by",
        "recorded_at",
    ),
    technical=("id",),
)
class LawEdition(OrganOwned):
    """One edition an organ uses: of a parameter (`name`) or of a year's days off (`name` is the year). Written once.

    `value` is {"value": …} for a parameter, the year's table for holidays; `decided_by` a staff number.
    """

    kind = models.CharField(max_length=20, choices=EditionKind.choices)
    name = models.CharField(max_length=60)
    serial = models.PositiveIntegerField()
    value = models.JSONField()
    unit = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "name", "serial"], name="law_edition_serial")
        ]


@bound(
    "moved_deadline",
    key=lambda moved: f"{moved.organ_id}/{moved.notice}/{moved.case_no}/{moved.rule}/{moved.place}",
    legal=(
        "organ_id",
        "notice",
        "case_no",
        "rule",
        "place",
        "old_due",
        "new_due",
        "confirmed_by",
        "confirmed_at",
    ),
    technical=("id",),
)
class MovedDeadline(OrganOwned):
    """A running deadline that a notice of days off moved: to be confirmed (确认) by a person. Days as ISO text.

    `notice`: year and serial of the edition, 2027/1; `place`: which clock of the rule in the case, counted from 0.
    """

    notice = models.CharField(max_length=20)
    case_no = models.CharField(max_length=20)
    rule = models.CharField(max_length=20)
    place = models.PositiveIntegerField(default=0)
    old_due = models.CharField(max_length=40)
    new_due = models.CharField(max_length=40)
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "notice", "case_no", "rule", "place"], name="moved_deadline_once"
            )
        ]
