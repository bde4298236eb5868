"""The organs an installation serves; every legally relevant row belongs to one."""

from django.db import models

from yifa.ledger.bound import BoundModel, bound


@bound(
    "organ",
    key=lambda organ: organ.code,
    legal=("code", "name", "territory", "document_prefix", "demo"),
)
class Organ(BoundModel):
    """Administrative organ (行政机关). `territory` is a GB/T 2260 code and chooses the packs of law."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100)
    territory = models.CharField(max_length=12)
    document_prefix = models.CharField(max_length=20)
    demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class OrganOwned(BoundModel):
    """A row that belongs to one organ; nobody sees across organs."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
