"""Attempts to serve a paper, and the service itself."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case
from yifa.casework.instruments.models import Instrument
from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned

SERVED, FAILED = "served", "failed"


@bound(
    "delivery",
    key=lambda one: one.no,
    legal=(
        "no", "organ_id", "case_id", "serial", "instrument_id", "mode", "outcome", "at", "by", "receiver_kind", "refused",
        "announced_on", "effective_on", "act_seq", "entered_at",
    ),
    personal=("receiver", "place", "witness", "reason", "earlier"),
)  # fmt: skip
class Delivery(OrganOwned):
    """One delivery of a paper (送达), or an attempt (`outcome` failed, with its `reason`) that reached nobody.

    `earlier`: way → why it was not taken. `effective_on`: the day of legal service as computed when it was recorded.
    """

    no = models.CharField(max_length=24, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="deliveries")
    mode = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.JSONField(default=list)
    receiver_kind = models.CharField(max_length=20, blank=True)
    receiver = models.CharField(max_length=200, blank=True)
    refused = models.BooleanField(default=False)
    place = models.CharField(max_length=500, blank=True)
    witness = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    earlier = models.JSONField(default=dict)
    announced_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    act_seq = models.PositiveIntegerField(null=True, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "serial"], name="delivery_serial")]
        indexes = [models.Index(fields=["organ", "at"], name="delivery_at")]

    def __str__(self) -> str:
        return self.no
