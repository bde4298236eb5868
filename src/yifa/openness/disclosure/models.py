"""Adjustments of disclosure items (公开事项): added, changed, withdrawn."""

from django.db import models

from yifa.ledger.bound import bound, opaque
from yifa.registry.organs.models import OrganOwned
from yifa.registry.people.models import Person


class DisclosureCategory(models.TextChoices):
    GREENING = "greening", "绿化管理"
    APPEARANCE = "city_appearance", "市容环境卫生管理"
    UTILITIES = "municipal_utilities", "市政公用管理"
    ILLEGAL_BUILDING = "illegal_building", "违法建设"


class Adjustment(models.TextChoices):
    ADDED = "added", "新增"
    CHANGED = "changed", "变更"
    WITHDRAWN = "withdrawn", "撤销"


@bound(
    "disclosure_item",
    key=lambda item: f"{item.organ_id}/{opaque(item.name)}/{item.on}",
    legal=("organ_id", "category", "name", "operation", "on", "reviewed_by_id", "released_by_id"),
    technical=("id",),
)
class DisclosureItem(OrganOwned):
    """One adjustment of a disclosure item (政务公开信息的动态调整)."""

    category = models.CharField(max_length=30, choices=DisclosureCategory)
    name = models.CharField(max_length=200)
    operation = models.CharField(max_length=20, choices=Adjustment)
    on = models.DateField()
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "name", "on"], name="disclosure_item_once")]
