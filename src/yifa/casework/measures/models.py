"""The things held under a measure (清单), each with where it is kept and to whom it went back."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Case
from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned


@bound(
    "held_item",
    key=lambda one: one.no,
    legal=("no", "organ_id", "case_id", "serial", "family", "measure", "listed_by", "listed_at", "returned_on", "returned_by"),
    personal=("name", "specification", "quantity", "condition", "place", "returned_to"),
)  # fmt: skip
class HeldItem(OrganOwned):
    """One thing sealed up, seized or preserved. `family` and `measure` name the act that ordered it (its id)."""

    no = models.CharField(max_length=24, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    family = models.CharField(max_length=12)
    measure = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    specification = models.CharField(max_length=200, blank=True)
    quantity = models.CharField(max_length=60)
    condition = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300)
    listed_by = models.CharField(max_length=40)
    listed_at = models.DateTimeField()
    returned_on = models.DateField(null=True, blank=True)
    returned_to = models.CharField(max_length=200, blank=True)
    returned_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "serial"], name="held_item_serial")]

    def __str__(self) -> str:
        return self.no
