"""What is still to be paid of the latest decision, and until which day: as far as the acts alone say. APL arts 66, 67."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yifa.law.facts import Facts
from yifa.law.packs.errors import UnknownParameter
from yifa.law.record.model import Event
from yifa.law.remedies import last_decision, payment_due, remedy


@dataclass(frozen=True)
class Owed:
    """`amount_fen` in 分, what was charged in addition included; 0 where the decision was turned. `pay_by` None: not served.

    Both change with an act or with the law, never with the passing of days: rows may keep them.
    """

    amount_fen: int
    pay_by: date | None


def owed(facts: Facts) -> Owed | None:
    """None: nobody was penalised, or the pack has no period for the day."""
    step = Event(len(facts.events), facts.at, "", (), {}, facts.at.date(), bare=True)
    decision = last_decision(facts, step)
    if decision is None:
        return None
    try:
        turned, due = remedy(facts, decision, step).turned, payment_due(facts, decision, step)
    except UnknownParameter:
        return None
    return Owed(0 if turned else _left(facts, decision), due)


def _left(facts: Facts, decision: Event) -> int:
    penalty = decision.data["penalty"]
    paid = sum(one.data["amount_fen"] for one in facts.after(decision, "fine_collected"))
    charged = [one.data["amount_fen"] for one in facts.after(decision, "additional_fine_charged")][-1:]
    return max(0, penalty.fine_fen + penalty.confiscation_fen + sum(charged) - paid)
