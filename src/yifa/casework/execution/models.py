"""Payments as the bank told them, and the files they came in."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case
from yifa.ledger.bound import bound, opaque
from yifa.registry.organs.models import Organ, OrganOwned

RECORDED, HELD = "recorded", "held"
STATES = {RECORDED: "已记入案件", HELD: "待核对"}


@bound(
    "bank_payment",
    key=lambda one: f"{one.organ_id}/{opaque(one.serial)}",
    legal=(
        "organ_id", "serial", "number", "amount_fen", "paid_on", "file_sha256", "line", "state", "case_id", "act_seq",
        "entered_at",
    ),
    technical=("id", "why"),
)  # fmt: skip
class BankPayment(OrganOwned):
    """One line of a bank file (银行缴款). `serial` is the bank's 流水号; `number` the decision as the bank wrote it.

    `act_seq`: the act of the case it became. `why`: in a few words, what became of it.
    """

    serial = models.CharField(max_length=64)
    number = models.CharField(max_length=100)
    amount_fen = models.BigIntegerField()
    paid_on = models.DateField()
    file_sha256 = models.CharField(max_length=64)
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    act_seq = models.PositiveIntegerField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "serial"], name="bank_serial_once")]
        indexes = [
            models.Index(fields=["organ", "state", "paid_on"], name="bank_payment_state"),
            models.Index(fields=["organ", "paid_on"], name="bank_payment_day"),
        ]


@bound(
    "instalment",
    key=lambda one: f"{one.case_id}/{one.act_seq}/{one.serial}",
    legal=("organ_id", "case_id", "act_seq", "serial", "due_on", "amount_fen", "entered_by", "entered_at"),
    technical=("id",),
)
class InstalmentDue(OrganOwned):
    """One instalment (分期) of a deferral approved by act `act_seq`: a day and an amount in 分."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    act_seq = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    due_on = models.DateField()
    amount_fen = models.BigIntegerField()
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["case", "act_seq", "serial"], name="instalment_serial")
        ]


class BankUpload(models.Model):
    """A bank file sent by the browser and checked, waiting to be confirmed.

    No ledger entry: nothing of the registers changes until it is taken in, which enters every payment.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=100)
    taken_in_at = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(default=dict)
