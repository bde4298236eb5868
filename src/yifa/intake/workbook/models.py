"""Workbooks taken in: which file, by whom, what it changed."""

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
