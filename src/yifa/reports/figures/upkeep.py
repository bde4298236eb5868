"""Figures kept up to date in the act's own transaction. They never replace the count from records: each checks the other."""

from __future__ import annotations

from yifa.casework.cases.models import Act, Case

STEPS = {"opening_approved": "opened", "case_closed": "closed", "deliberated": "deliberated"}


def count_steps(act: Act, case: Case) -> dict[str, int]:
    """A projection of `casework.cases`: one more act of a counted kind, by procedure and month."""
    step = STEPS.get(act.kind)
    return {f"cases.{case.procedure}.{step}": 1} if step else {}
