"""An archived case is not written to any more (归档); reopening it is an act with its reason and approval. APL art. 47.

The law refuses acts; every other doorway that writes to a case asks here.
"""

from __future__ import annotations

from yifa.casework.cases.errors import CaseArchived
from yifa.casework.cases.models import Act

ARCHIVED = "案件已经归档，案卷不能再改动。需要继续办理的，先由负责人批准恢复办理并写明理由。"
KINDS = ("case_archived", "case_reopened")


def archiving_of(case_no: str) -> Act | None:
    """The act that archived the case, where it was not reopened since."""
    last = Act.objects.filter(case_id=case_no, kind__in=KINDS).order_by("-at", "-seq").first()
    return last if last and last.kind == "case_archived" else None


def require_unarchived(case_no: str) -> None:
    """Raises CaseArchived. Ask with the row of the case locked, so that nobody archives it meanwhile."""
    if archiving_of(case_no):
        raise CaseArchived(ARCHIVED)
