"""Are enough heads of the organ present at a deliberation (集体讨论)? APL art. 57 para. 2."""

from __future__ import annotations

from datetime import date

from yifa.law.packs import Pack

QUORUM = "deliberation_quorum_percent"


def enough(present: int, heads: int, percent: int) -> bool:
    """More than `percent` of all heads."""
    return present * 100 > heads * percent


def least_heads(law: Pack, on: date, heads: int) -> int:
    """How many heads must be present at least. Raises UnknownParameter."""
    percent = law.param(QUORUM, on).value
    return next(count for count in range(heads + 2) if enough(count, heads, percent))
