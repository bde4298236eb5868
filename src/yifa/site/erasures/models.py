"""A request to erase one personal value, and what became of it."""

from __future__ import annotations

from django.db import models

from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned

OPEN, ERASED, SENT_BACK = "open", "erased", "sent_back"
STATES = {OPEN: "待批准", ERASED: "已删除", SENT_BACK: "已退回"}


@bound(
    "erasure_request",
    key=lambda request: f"{request.organ_id}/{request.serial}",
    legal=(
        "organ_id", "serial", "table", "row", "column", "ground", "state", "asked_by", "asked_at", "decided_by", "decided_at",
    ),
    personal=("words", "answer"),
    technical=("id",),
)  # fmt: skip
class ErasureRequest(OrganOwned):
    """`table` and `column` as bound to the ledger; `row` is the number by which people name the row."""

    serial = models.PositiveIntegerField()
    table = models.CharField(max_length=30)
    row = models.CharField(max_length=100)
    column = models.CharField(max_length=30)
    ground = models.CharField(max_length=20)
    words = models.TextField()
    state = models.CharField(max_length=12, default=OPEN)
    asked_by = models.PositiveBigIntegerField()
    asked_at = models.DateTimeField()
    decided_by = models.PositiveBigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "serial"], name="erasure_request_serial")]
        indexes = [models.Index(fields=["organ", "state", "serial"], name="erasure_request_open")]

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def open(self) -> bool:
        return self.state == OPEN
