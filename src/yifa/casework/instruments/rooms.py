"""What other rooms know of a case beyond its record (lists of things, deliveries, transcripts), for papers: type once.

A room registers what it tells papers of some forms; a paper begun anywhere is filled with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from yifa.casework.cases.models import Case
from yifa.law.forms.composing import empty
from yifa.law.forms.definitions import definition

Teller = Callable[[Case], Mapping[str, Any]]
TELLERS: dict[str, list[Teller]] = {}


def register_teller(forms: Iterable[str], teller: Teller) -> None:
    """`teller` says of a case what papers of these forms hold: label → value. Raises KeyError for no such form."""
    for form in forms:
        TELLERS.setdefault(definition(form).id, []).append(teller)


def told_by_rooms(case: Case, form: str) -> dict[str, Any]:
    """What all rooms say of a paper of this form, without what they leave empty."""
    told = [teller(case) for teller in TELLERS.get(form, ())]
    return {label: value for one in told for label, value in one.items() if not empty(value)}
