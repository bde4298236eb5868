"""A statement point by point, and its answers: each one act of the record, words numbered in its note. APL art. 45."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Act
from yifa.casework.hearings.points import answers, numbered
from yifa.ledger.actions import Actor


def statement_event(
    *, first: int, words: Sequence[str], at: datetime, by: Sequence[str], note: str = ""
) -> dict[str, Any]:
    """The act as the record format has it, its points numbered from `first` on."""
    told = {str(first + place): text for place, text in enumerate(words)}
    return {
        "at": at.isoformat(timespec="seconds"), "kind": "statement_made", "by": list(by), "points": list(told),
        "note": "\n".join(filter(None, (numbered(told), note))),
    }  # fmt: skip


def record_statement(
    *, case_no: str, first: int, words: Sequence[str], at: datetime, by: Sequence[str], actor: Actor, expected: int,
    late: bool = False, note: str = "",
) -> Act:  # fmt: skip
    """The points of one statement. Raises StaleEdition, InvalidAct, StepRefused."""
    event = statement_event(first=first, words=words, at=at, by=by, note=note)
    return record_act(case_no=case_no, event=event, actor=actor, expected=expected, entered_late=late)


def answer_points(
    *, case_no: str, results: Mapping[str, str], reasons: Mapping[str, str], at: datetime, by: Sequence[str],
    actor: Actor, expected: int,
) -> Act:  # fmt: skip
    """Whether each point is adopted, with the reason. Raises StaleEdition, InvalidAct, StepRefused."""
    event = {
        "at": at.isoformat(timespec="seconds"), "kind": "statement_reexamined", "by": list(by), "results": dict(results),
        "note": answers(results, reasons),
    }  # fmt: skip
    return record_act(case_no=case_no, event=event, actor=actor, expected=expected)
