"""Reconsideration and litigation against a decision (复议诉讼)."""

from django.db import models

from yifa.casework.cases.models import Case
from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned


class DisputeKind(models.TextChoices):
    RECONSIDERATION = "reconsideration", "行政复议"
    LITIGATION = "litigation", "行政诉讼"


@bound(
    "dispute",
    key=lambda dispute: f"{dispute.case_id}/{dispute.kind}/{dispute.filed_on}",
    legal=("organ_id", "case_id", "kind", "filed_on", "result", "decided_on"),
    technical=("id",),
)
class Dispute(OrganOwned):
    """A reconsideration or a suit (行政复议、行政诉讼). `result` is a result key of the record format."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=DisputeKind)
    filed_on = models.DateField()
    result = models.CharField(max_length=30, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "filed_on"], name="dispute_once")]
