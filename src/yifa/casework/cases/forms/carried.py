"""Type once: what earlier acts of a case say stands in the form of a later one, to be corrected there.

Who was present is never filled in: that two officers acted is for each of them to say.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict

from yifa.casework.cases.doing import Doing
from yifa.law.labels import form

CARRIED = {
    "prior_notice_served": ("investigation_closed", "proposal"),
    "decision_made": ("prior_notice_served", "penalty"),
    "summary_decision_made": ("prior_notice_served", "penalty"),
}
DECISIONS = ("decision_made", "summary_decision_made")
PAPERS = {
    "penalty": "penalty_decision",
    "no_penalty": "no_penalty_decision",
    "not_established": "no_penalty_decision",
}


Filling = Callable[[Doing, QueryDict], None]


def carry_over(doing: Doing, values: QueryDict) -> None:
    """Fill in what the acts before say: penalty and tier, handlers, evidence, the paper to serve, what is left to pay.

    A notice of a penalty stands as its decision, a fine paid in full as performed: both to be corrected there."""
    penalty(doing, values)
    for filling in FILLED.get(doing.kind, []):
        filling(doing, values)


def register_filling(kind: str, filling: Filling) -> None:
    """A room whose registers know something of an act fills it in as well."""
    FILLED.setdefault(kind, []).append(filling)


def penalty(doing: Doing, values: QueryDict) -> None:
    """The penalty proposed stands in the notice, the one notified in the decision."""
    source = CARRIED.get(doing.kind)
    if source is None:
        return
    kind, key = source
    for act in doing.acts_of("investigation_closed")[-1:]:
        if "tier" in doing.keys:
            values["tier"] = act.get("tier")
    for act in doing.acts_of(kind)[-1:]:
        told = act.get(key) or {}
        values.setlist("penalty.kinds", told.get("kinds", []))
        if "outcome" in doing.keys and told.get("kinds"):
            values["outcome"] = "penalty"
        for part in ("fine", "confiscation"):
            fen = told.get(f"{part}_fen")
            if fen:
                values[f"penalty.{part}"] = yuan(fen)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}".removesuffix(".00")


def handlers(doing: Doing, values: QueryDict) -> None:
    """Who brought the opening before the head."""
    for act in doing.acts_of("opening_approved")[-1:]:
        values.setlist(
            "handlers", [who for who in act.by if "handler" in doing.staff.get(who, {}).get("roles", ())]
        )


def evidence(doing: Doing, values: QueryDict) -> None:
    """What was verified and lawfully obtained. APL art. 46."""
    sound = [
        one for one in doing.acts_of("evidence_added") if one.get("verified") and one.get("lawful_source")
    ]
    values.setlist("evidence", [one.get("id") for one in sound])


def paper(doing: Doing, values: QueryDict) -> None:
    """The decision, while it is not served."""
    for act in doing.acts_of(*DECISIONS)[-1:]:
        due = (
            "summary_decision" if act.kind == "summary_decision_made" else PAPERS.get(act.get("outcome"), "")
        )
        if due and not any(one.get("instrument") == due for one in doing.acts_of("instrument_served")):
            values["instrument"] = form(due).id


def payment(doing: Doing, values: QueryDict) -> None:
    """What is left of the fine."""
    fine, left = fine_and_left(doing)
    if left > 0:
        values["amount_fen"] = yuan(left)


def closing(doing: Doing, values: QueryDict) -> None:
    """A fine paid in full is performed."""
    fine, left = fine_and_left(doing)
    if fine and left <= 0:
        values["reason"] = "performed"


def fine_and_left(doing: Doing) -> tuple[int, int]:
    """The fine of the last decision and what is left of it, in 分."""
    paid = sum(one.get("amount_fen") or 0 for one in doing.acts_of("fine_collected"))
    for act in doing.acts_of(*DECISIONS)[-1:]:
        fine = (act.get("penalty") or {}).get("fine_fen", 0)
        return fine, fine - paid
    return 0, 0


FILLED: dict[str, list[Filling]] = {
    "handlers_assigned": [handlers], "decision_made": [evidence], "summary_decision_made": [evidence],
    "instrument_served": [paper], "fine_collected": [payment], "case_closed": [closing],
}  # fmt: skip
