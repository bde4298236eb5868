"""Legal reviews by counsel and public lawyers (法律审查)."""

from django.db import models

from yifa.ledger.bound import bound, opaque
from yifa.registry.organs.models import OrganOwned
from yifa.registry.people.models import Person


class ReviewSubject(models.TextChoices):
    MAJOR_DECISION = "major_decision", "重大决策"
    CONTRACT = "contract", "合同"
    AGREEMENT = "agreement", "协议"
    LEGAL_DOCUMENT = "legal_document", "法律文书"
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件"


class ReviewOpinion(models.TextChoices):
    AGREE = "agree", "同意"
    AGREE_AFTER_CHANGE = "agree_after_change", "修改后同意"
    DISAGREE = "disagree", "不同意"


@bound(
    "legal_review",
    key=lambda review: f"{review.organ_id}/{review.on}/{opaque(review.name)}",
    legal=("organ_id", "on", "kind", "name", "reviewed_by_id", "opinion"),
    technical=("id",),
)
class LegalReview(OrganOwned):
    """Legal review of a decision, contract or document of the organ itself (法律审查)."""

    on = models.DateField()
    kind = models.CharField(max_length=30, choices=ReviewSubject)
    name = models.CharField(max_length=200)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opinion = models.CharField(max_length=30, choices=ReviewOpinion)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "on", "name"], name="legal_review_once")]
