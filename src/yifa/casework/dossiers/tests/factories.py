"""A closed and archived case with sealed papers, and kept files, for tests of dossiers."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make
from yifa.casework.dossiers.files import KeptFile
from yifa.casework.instruments import actions as papers
from yifa.casework.instruments.tests import factories as paper

ACTOR = make.ACTOR
CLOSED = paper.event("2021-09-10T09:00:00", "case_closed", reason="terminated")
ARCHIVED = paper.event("2021-09-12T09:00:00", "case_archived", ["0101"])
REOPENED = {"at": "2021-09-13T09:00:00+08:00", "kind": "case_reopened", "by": ["0301"], "reason": "法院撤销"}
PICTURE = b"\xff\xd8\xff" + b"jpeg" * 1000


def record(case: Case, event: dict[str, Any]) -> None:
    record_act(case_no=case.no, event=event, actor=ACTOR)


def with_papers() -> Case:
    """Decided, with a sealed decision and a sealed opening form."""
    case = paper.decided()
    paper.issued(case)
    opening = papers.begin(case=case, form="case_filing_approval", by="0101", actor=ACTOR, dated_on=paper.DAY)
    papers.fix(no=opening.no, actor=ACTOR)
    papers.issue(no=opening.no, actor=ACTOR)
    return case


def archived() -> Case:
    """The same, closed and archived. Entered as history: what the law holds against closing is not asked here."""
    case = with_papers()
    history(case, CLOSED, ARCHIVED)
    case.refresh_from_db()
    return case


def history(case: Case, *events: dict[str, Any]) -> None:
    from yifa.casework.cases.actions import History, record_histories
    from yifa.casework.cases.events import to_events

    known = to_events(case.acts.all())[1]
    head = {**make.HEAD, "number": case.number}
    record_histories(organ=case.organ, histories=[History(head, [*known, *events])], actor=ACTOR)


def picture(evidence_id: str = "1", data: bytes = PICTURE, **changes: Any) -> KeptFile:
    told = {
        "source": f"evidence:{evidence_id}", "evidence_id": evidence_id, "evidence_kind": "documentary", "name": "现场.jpg",
        "media_type": "image/jpeg", "size": len(PICTURE), "sha256": hashlib.sha256(PICTURE).hexdigest(),
        "opened": lambda: io.BytesIO(data), "added_on": "2021-08-03",
    }  # fmt: skip
    return KeptFile(**{**told, **changes})
