"""Was this recorded a moment ago? Going back in the browser brings a fresh form with the old typing; sent once more it is
the same act twice. It is refused once and said; who really means another one sends it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from yifa.casework.cases.actions.judging import new_act
from yifa.casework.cases.models import Act
from yifa.casework.cases.queries import CASE
from yifa.ledger.actions import Actor
from yifa.ledger.clock import SHANGHAI
from yifa.ledger.prepared import Prepared
from yifa.registry.organs.models import Organ

# Given anew with every form.
FRESH = ("id",)
NEWEST = Prepared(
    lambda who: (
        Act.objects.filter(entered_by=who)
        .order_by("-id")
        .values_list("case_id", "seq", "kind", "recorded_at")[:1]
    ),
    str,
)


def same_act(acts: Sequence[Act], event: Mapping[str, Any], actor: Actor, at: datetime) -> Act | None:
    """The newest act of the case, where this log-in recorded it today and it says the same, its time apart."""
    newest = max(acts, key=lambda act: act.seq, default=None)
    if newest is None or newest.kind != event["kind"] or not _today(newest, actor, at):
        return None
    meant = new_act(newest.case, event, seq=0, actor=actor, late=False)
    return newest if _said(newest) == _said(meant) else None


def same_lead(organ: Organ, head: Mapping[str, Any], actor: Actor, at: datetime) -> Act | None:
    """The newest act of this log-in, where it registered a lead today about the same. One query where it was another act."""
    for no, seq, kind, recorded_at in NEWEST(actor.id):
        if (seq, kind) == (1, "lead_registered") and _one_day(recorded_at, at):
            for case in CASE(organ.code, no):
                told = (case.procedure, case.matter, case.party, case.violation)
                if told == (head["procedure"], head["matter"], head["party"], head["violation"]):
                    return Act.objects.select_related("case").get(case_id=no, seq=1)
    return None


def _today(act: Act, actor: Actor, at: datetime) -> bool:
    return act.entered_by == actor.id and _one_day(act.recorded_at, at)


def _one_day(*moments: datetime) -> bool:
    return len({moment.astimezone(SHANGHAI).date() for moment in moments}) == 1


def _said(act: Act) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    return act.by, {name: value for name, value in act.data.items() if name not in FRESH}, act.words
