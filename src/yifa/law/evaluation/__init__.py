"""Evaluation of dossiers (案卷评查): from a record to points and reasons. A draft; people decide."""

from __future__ import annotations

from yifa.law.evaluation.evaluation import (
    BY_HAND,
    EARNED,
    LOST,
    NOT_CONCERNED,
    PENDING,
    Evaluation,
    Line,
    Reason,
    evaluate,
)
from yifa.law.evaluation.sheet import Entry, Part, Sheet, sheet

__all__ = [
    "BY_HAND", "EARNED", "LOST", "NOT_CONCERNED", "PENDING",
    "Entry", "Evaluation", "Line", "Part", "Reason", "Sheet",
    "evaluate", "sheet",
]  # fmt: skip
