"""Rule documents of the organ (制度文件): each row is one act of enacting, revising, keeping or repealing."""

from django.db import models

from yifa.ledger.bound import bound, opaque
from yifa.registry.organs.models import OrganOwned


class RuleCategory(models.TextChoices):
    TEMPLATES = "document_templates", "文书式样"
    PROCEDURE = "procedure_rules", "程序规定"
    BENCHMARKS = "discretion_benchmarks", "裁量基准"
    DISCLOSURE = "disclosure", "政务公开"
    NORMATIVE = "normative_documents", "规范性文件"
    OTHER = "other", "其他"


class RuleOperation(models.TextChoices):
    ENACTED = "enacted", "制定"
    REVISED = "revised", "修订"
    RETAINED = "retained", "保留"
    REPEALED = "repealed", "废止"


@bound(
    "rule_document",
    key=lambda rule: f"{rule.organ_id}/{opaque(rule.name)}/{rule.on}",
    legal=("organ_id", "name", "category", "operation", "on", "effective_on"),
    technical=("id",),
)
class RuleDocument(OrganOwned):
    """One operation on a rule document (制度文件). It takes effect on `effective_on`, else on `on`."""

    name = models.CharField(max_length=200)
    category = models.CharField(max_length=30, choices=RuleCategory)
    operation = models.CharField(max_length=20, choices=RuleOperation)
    on = models.DateField()
    effective_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "name", "on"], name="rule_document_once")]
