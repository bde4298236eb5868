"""Follow-up (督办): what a head asks for in a case, by when, of whom; every exchange is a row of its own."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case
from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
STATES = {OPEN: "待答复", ANSWERED: "已答复，待负责人处理", CLOSED: "已办结"}
STEPS = {"ordered": "督办", "answered": "答复", "asked_again": "继续督办", "closed": "办结"}


@bound(
    "supervised_handling",
    key=lambda order: order.no,
    legal=(
        "no", "organ_id", "case_id", "serial", "ordered_by", "ordered_to", "ordered_at", "due_on", "state", "answered_at",
        "closed_at",
    ),
)  # fmt: skip
class SupervisedHandling(OrganOwned):
    """One follow-up order (督办) as it stands: who asked whom, by when, and whether it is answered."""

    no = models.CharField(max_length=24, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    ordered_by = models.CharField(max_length=40)
    ordered_to = models.CharField(max_length=40)
    ordered_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "serial"], name="supervised_serial")]
        indexes = [
            models.Index(fields=["organ", "ordered_to", "state", "due_on"], name="supervised_to"),
            models.Index(fields=["organ", "ordered_by", "state"], name="supervised_by"),
            models.Index(fields=["organ", "state", "due_on"], name="supervised_open"),
        ]

    def __str__(self) -> str:
        return self.no

    @property
    def state_words(self) -> str:
        return STATES[self.state]


@bound(
    "supervised_step",
    key=lambda step: f"{step.order_id}/{step.serial}",
    legal=("organ_id", "order_id", "serial", "step", "by", "at", "due_on"),
    personal=("words",),
    technical=("id",),
)
class SupervisedStep(OrganOwned):
    """One exchange: ordered, answered, asked again, closed; `due_on` where a day was set with it."""

    order = models.ForeignKey(SupervisedHandling, on_delete=models.PROTECT, related_name="steps")
    serial = models.PositiveIntegerField()
    step = models.CharField(max_length=12)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    words = models.TextField()

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["order", "serial"], name="supervised_step_serial")]
