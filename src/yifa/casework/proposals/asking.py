"""To whom an act may be proposed, and what the law says of it before anybody confirms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yifa.casework.cases.doing import Doing
from yifa.casework.cases.permissions import (
    APPROVER_KEYS,
    confirmation_refusal,
    confirmed_keys,
    confirmer_role,
)
from yifa.ledger.actions import Actor


def recipients(doing: Doing) -> list[tuple[str, str]]:
    """(staff number, name) of those who may confirm: the role, not who asks, no conflict in this case, not recused."""
    asking = {doing.person["id"]} if doing.person else set()
    return [
        (key, person["name"])
        for key, person in doing.staff.items()
        if confirmation_refusal(doing.kind, person, doing.acts, asking) is None
    ]


def require_lawful(doing: Doing, event: Mapping[str, Any], approver: str) -> None:
    """Raises InvalidAct, StepRefused where even a confirmation now could not be recorded.

    Where the answer itself is the approver's (an opinion, a yes or no), only the kind of act is judged, beforehand.
    """
    if doing.kind in APPROVER_KEYS:
        return
    moment = doing.at.isoformat(timespec="seconds")
    whole = {"at": moment, **event, **confirmed_keys(doing.kind, approver, moment)}
    doing.foreseen(whole, Actor(id="", role=confirmer_role(doing.kind), organ=doing.case.organ_id))
