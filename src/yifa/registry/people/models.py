"""The people of an organ: roles, enforcement certificates, terms of counsel."""

from django.db import models

from yifa.ledger.bound import bound
from yifa.registry.organs.models import OrganOwned


class Role(models.TextChoices):
    """Roles of the register (角色); `public_lawyer` is `counsel` in a record."""

    HANDLER = "handler", "承办"
    HEAD = "head", "负责人"
    REVIEWER = "reviewer", "法制审核"
    COMMITTEE = "committee", "案审委员"
    PRESIDING = "presiding", "听证主持"
    COUNSEL = "counsel", "法律顾问"
    PUBLIC_LAWYER = "public_lawyer", "公职律师"
    AUXILIARY = "auxiliary", "协管"


@bound(
    "person",
    key=lambda person: f"{person.organ_id}/{person.staff_no}",
    legal=(
        "organ_id",
        "staff_no",
        "unit",
        "post",
        "roles",
        "certificate_no",
        "certificate_from",
        "certificate_to",
        "certificate_revoked_on",
        "certificate_territory",
        "legal_profession_qualified",
        "reviewer_since",
        "term_from",
        "term_to",
    ),
    personal=("name", "birth_on"),
    technical=("id",),
)
class Person(OrganOwned):
    """A person of the organ (人员). `roles` is `|handler|head|`, so that one substring finds a role."""

    staff_no = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    unit = models.CharField(max_length=100, blank=True)
    post = models.CharField(max_length=100, blank=True)
    roles = models.CharField(max_length=200)
    certificate_no = models.CharField(max_length=60, blank=True)
    certificate_from = models.DateField(null=True, blank=True)
    certificate_to = models.DateField(null=True, blank=True)
    certificate_revoked_on = models.DateField(null=True, blank=True)
    certificate_territory = models.CharField(max_length=12, blank=True)
    legal_profession_qualified = models.BooleanField(default=False)
    reviewer_since = models.DateField(null=True, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    term_from = models.DateField(null=True, blank=True)
    term_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "staff_no"], name="person_staff_no")]

    def __str__(self) -> str:
        return self.name

    def role_keys(self) -> list[str]:
        return [key for key in self.roles.split("|") if key]
