"""Workbooks taken in: which file, by whom, what it changed; and which act each row of 办案记录 became."""

from django.db import models

from yifa.registry.organs.models import Organ


class WorkbookImport(models.Model):
    """One import of a workbook (台账导入). `summary` is what `yifa import --json` printed."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=100)
    summary = models.JSONField(default=dict)


class Upload(models.Model):
    """A workbook sent by the browser and checked, waiting to be confirmed. Its file is kept by its SHA-256.

    No ledger entry: nothing of the registers changes until it is imported, which has one (WorkbookImport).
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=100)
    answer = models.JSONField(default=dict)
    imported_at = models.DateTimeField(null=True, blank=True)


class ActRow(models.Model):
    """The act a row of 办案记录 became. It has no effect in law: it only tells a repeated row from a changed one."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    case_number = models.CharField(max_length=100)
    ordinal = models.PositiveIntegerField()
    seq = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "case_number", "ordinal"], name="act_row_once")
        ]
