"""Sealed dossiers with the files that were made for them, and cases closed on paper that were entered afterwards (补录)."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case, Procedure
from yifa.ledger.bound import bound
from yifa.registry.organs.models import Organ, OrganOwned


@bound(
    "dossier",
    key=lambda one: one.no,
    legal=(
        "no",
        "organ_id",
        "case_id",
        "archived_seq",
        "sealed_by",
        "sealed_at",
        "head_size",
        "manifest_sha256",
        "files",
    ),
)
class SealedDossier(OrganOwned):
    """A dossier as archived by act `archived_seq`. `manifest_sha256`: of `tagmanifest-sha256.txt`, which covers all.

    `head_size`: the log its proofs stand in; `files`: how many the package holds.
    """

    no = models.CharField(max_length=24, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    archived_seq = models.PositiveIntegerField()
    sealed_by = models.CharField(max_length=40)
    sealed_at = models.DateTimeField()
    head_size = models.BigIntegerField()
    manifest_sha256 = models.CharField(max_length=64)
    files = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "archived_seq"], name="dossier_once")]

    def __str__(self) -> str:
        return self.no


class SealedFile(models.Model):
    """One file of the package. Made for it: `data`; kept elsewhere: `source` names it (`instrument:…`, `evidence:…`)."""

    dossier = models.ForeignKey(SealedDossier, on_delete=models.PROTECT, related_name="contents")
    place = models.PositiveIntegerField()
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    source = models.CharField(max_length=120, blank=True)
    data = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["dossier", "path"], name="sealed_path_once")]


@bound(
    "paper_dossier",
    key=lambda one: f"{one.organ_id}/{one.no}",
    legal=(
        "no", "organ_id", "serial", "number", "procedure", "matter", "party_kind", "opened_on", "decided_on",
        "decision_number", "outcome", "penalty", "closed_on", "close_reason", "pages", "place", "scan_sha256", "entered_by",
        "entered_at",
    ),
    personal=("party_name", "note"),
    technical=("id",),
)  # fmt: skip
class PaperDossier(OrganOwned):
    """A case closed on paper (纸质案卷), entered afterwards: what its cover says, and one scan. It has no acts.

    `penalty` as in docs/spec/record.md; `place`: where the paper lies; `note`: why it is entered now.
    """

    no = models.CharField(max_length=16)
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=100)
    procedure = models.CharField(max_length=10, choices=Procedure)
    matter = models.CharField(max_length=20)
    party_kind = models.CharField(max_length=20)
    party_name = models.CharField(max_length=200)
    opened_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField()
    decision_number = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=20)
    penalty = models.JSONField(default=dict)
    closed_on = models.DateField()
    close_reason = models.CharField(max_length=20)
    pages = models.PositiveIntegerField()
    place = models.CharField(max_length=100, blank=True)
    note = models.TextField()
    scan_sha256 = models.CharField(max_length=64)
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "serial"], name="paper_dossier_serial"),
            models.UniqueConstraint(fields=["organ", "number"], name="paper_dossier_number"),
        ]
        indexes = [models.Index(fields=["organ", "closed_on"], name="paper_dossier_closed")]

    def __str__(self) -> str:
        return self.no

    @property
    def fine_fen(self) -> int:
        return int(self.penalty.get("fine_fen", 0))


class PaperScan(models.Model):
    """The scan of a paper dossier, as it was hashed."""

    dossier = models.OneToOneField(
        PaperDossier, on_delete=models.PROTECT, primary_key=True, related_name="scan"
    )
    media_type = models.CharField(max_length=60)
    data = models.BinaryField()


class PaperSeries(models.Model):
    """The last serial of an organ: the row whose lock keeps them gapless."""

    organ = models.OneToOneField(Organ, on_delete=models.PROTECT, primary_key=True, related_name="+")
    last = models.PositiveIntegerField(default=0)
