"""The findings of a case as rows, so that lists and the import summary can count them."""

from __future__ import annotations

from collections.abc import Sequence

from yifa.casework.cases.models import Act, Case, CaseFinding
from yifa.law.findings import Finding


def finding_rows(case: Case, ordered: Sequence[Act], findings: Sequence[Finding]) -> list[CaseFinding]:
    """Unsaved rows; also sets the counts on the case."""
    case.blocks = sum(finding.severity == "blocks" for finding in findings)
    case.warns = len(findings) - case.blocks
    return [
        CaseFinding(
            organ_id=case.organ_id,
            case=case,
            rule=finding.rule,
            article=finding.article,
            severity=finding.severity,
            act_seq=None if finding.event is None else ordered[finding.event].seq,
            message=finding.message,
            remedy=finding.remedy,
        )
        for finding in findings
    ]


def replace_findings(case: Case, ordered: Sequence[Act], findings: Sequence[Finding]) -> None:
    """What the rule book says now takes the place of what it said before."""
    CaseFinding.objects.filter(case=case).delete()
    CaseFinding.objects.bulk_create(finding_rows(case, ordered, findings))
