"""Procedure as tables: the acts of a case, what usually stands before each, and what may not be done yet."""

from __future__ import annotations

from yifa.law.procedure.acts import ORDINARY, SUMMARY, Act
from yifa.law.procedure.next_acts import NextAct, Reason, next_acts, reasons
from yifa.law.procedure.offers import OFFERS
from yifa.law.procedure.stages import stage
from yifa.law.procedure.steps import Step, steps
from yifa.law.rules import GUARDS


def guards_of(kind: str) -> tuple[str, ...]:
    """The ids of the rules that guard an act of this kind; empty where nothing does."""
    return tuple(rule.id for rule in GUARDS.get(kind, ()))


__all__ = [
    "OFFERS", "ORDINARY", "SUMMARY", "Act", "NextAct", "Reason", "Step", "guards_of", "next_acts", "reasons", "stage",
    "steps",
]  # fmt: skip
