"""Asking the rule book again (重新核对): the findings of a case as the law reads it now. The record is untouched."""

from __future__ import annotations

from django.db import transaction

from yifa.casework.cases.derive import set_judged
from yifa.casework.cases.errors import InvalidAct, UnknownCase
from yifa.casework.cases.findings import finding_rows
from yifa.casework.cases.models import Case, CaseFinding
from yifa.casework.cases.queries import assemble
from yifa.law import check as law_check
from yifa.law import record as law_record
from yifa.ledger import clock
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of

JUDGED = ("due_on", "due_rule", "due_from", "due_unit", "owed_fen", "pay_by")
COMPARED = ("rule", "article", "severity", "act_seq", "message", "remedy")


def recheck_case(*, organ_code: str, case_no: str) -> bool:
    """Replace findings, nearest deadline and what is owed of a case where they are others now; True where they were. Raises UnknownCase, InvalidAct.

    Findings are derived and their counts technical columns: nothing of legal effect changes, so no entry is made.
    """
    with transaction.atomic():
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("organ")
            .filter(organ_id=organ_code, no=case_no)
            .first()
        )
        if case is None:
            raise UnknownCase(f"没有案件 {case_no}")
        ordered, record = assemble(case, case.acts.all(), staff_of(organ_code))
        try:
            answer = law_check.check(read_record(record), clock.now()) if record["events"] else None
        except law_record.RecordError as error:
            raise InvalidAct(error.problems) from error
        stored = list(CaseFinding.objects.filter(case=case))
        new = finding_rows(case, ordered, answer.findings if answer else [])
        before = [getattr(case, name) for name in JUDGED]
        set_judged(case, answer)
        if _told(stored) == _told(new) and before == [getattr(case, name) for name in JUDGED]:
            return False
        CaseFinding.objects.filter(case=case).delete()
        CaseFinding.objects.bulk_create(new)
        case.save(update_fields=["blocks", "warns", *JUDGED])
    return True


def _told(findings: list[CaseFinding]) -> list[tuple[str, ...]]:
    return sorted(tuple(str(getattr(finding, name)) for name in COMPARED) for finding in findings)
