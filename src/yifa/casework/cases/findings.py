"""The findings of a case as rows, so that lists and the import summary can count them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from yifa.casework.cases.models import Act, Case, CaseFinding
from yifa.law.findings import Finding

SAID = ("rule", "article", "severity", "act_seq", "message", "remedy")


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


def replace_findings(case: Case, known: int, rows: Sequence[CaseFinding]) -> None:
    """What the rule book says now takes the place of the `known` findings it had before; nothing is written where it
    says the same again."""
    if known:
        stored = CaseFinding.objects.filter(case=case)
        if Counter(stored.values_list(*SAID)) == Counter(
            tuple(getattr(row, name) for name in SAID) for row in rows
        ):
            return
        stored.delete()
    if rows:
        CaseFinding.objects.bulk_create(rows)
