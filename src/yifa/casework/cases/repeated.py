"""Was this recorded a moment ago? Going back in the browser brings a fresh form with the old typing; sent once more it is
the same act twice. It is refused once and said; who really means another one sends it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from yifa.casework.cases.actions.judging import new_act
from yifa.casework.cases.models import Act
from yifa.ledger.actions import Actor
from yifa.ledger.clock import SHANGHAI
from yifa.registry.organs.models import Organ

# Given anew with every form.
FRESH = ("id",)


def same_act(acts: Sequence[Act], event: Mapping[str, Any], actor: Actor, at: datetime) -> Act | None:
    """The newest act of the case, where this log-in recorded it today and it says the same, its time apart."""
    newest = max(acts, key=lambda act: act.seq, default=None)
    if newest is None or newest.kind != event["kind"] or not _today(newest, actor, at):
        return None
    meant = new_act(newest.case, event, seq=0, actor=actor, late=False)
    return newest if _said(newest) == _said(meant) else None


def same_lead(organ: Organ, head: Mapping[str, Any], actor: Actor, at: datetime) -> Act | None:
    """The newest act of this log-in, where it registered a lead today about the same. One query."""
    found = Act.objects.filter(organ_id=organ.code, entered_by=actor.id).order_by("-id")
    newest = found.select_related("case").first()
    if newest is None or newest.seq != 1 or newest.kind != "lead_registered":
        return None
    case = newest.case
    told = (case.procedure, case.matter, case.party, case.violation)
    meant = (head["procedure"], head["matter"], head["party"], head["violation"])
    return newest if told == meant and _today(newest, actor, at) else None


def _today(act: Act, actor: Actor, at: datetime) -> bool:
    days = [moment.astimezone(SHANGHAI).date() for moment in (act.recorded_at, at)]
    return act.entered_by == actor.id and days[0] == days[1]


def _said(act: Act) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    return act.by, {name: value for name, value in act.data.items() if name not in FRESH}, act.words
