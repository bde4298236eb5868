"""Where does a case stand? The displayed stage (enum `stage`), derived from its acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from yifa.law.procedure.acts import STAGE_AFTER
from yifa.law.record.model import Penalty

DECISION_PAPERS = frozenset({"penalty_decision", "no_penalty_decision", "summary_decision"})
DISPUTES = {"reconsideration_filed": "reconsideration_decided", "litigation_filed": "litigation_decided"}


class Act(Protocol):
    """What is read of an act: its kind and its own keys (law Event, or a row with the same two)."""

    @property
    def kind(self) -> str: ...

    def get(self, key: str, default: Any = None) -> Any: ...


def stage(events: Iterable[Act]) -> str:
    """The stage after these acts in order; `lead` where there is none."""
    now, fine, paid = "lead", 0, 0
    open_disputes: list[str] = []
    for event in events:
        kind = event.kind
        if kind in DISPUTES:
            open_disputes.append(DISPUTES[kind])
        elif kind in open_disputes:
            open_disputes.remove(kind)
        elif kind in ("decision_made", "summary_decision_made"):
            fine, paid = _fine(event.get("penalty")), 0
            now = "performance" if event.get("handed_over") else "decided"
        elif kind == "instrument_served":
            if now == "decided" and event.get("instrument") in DECISION_PAPERS:
                now = "performance"
        elif kind == "fine_collected":
            paid += event.get("amount_fen") or 0
            if now in ("decided", "performance", "overdue", "execution") and paid >= fine:
                now = "performed"
        else:
            now = STAGE_AFTER.get(kind, now)
    return "dispute" if open_disputes else now


def _fine(penalty: Penalty | Mapping[str, Any] | None) -> int:
    if isinstance(penalty, Penalty):
        return penalty.fine_fen
    return int((penalty or {}).get("fine_fen") or 0)
