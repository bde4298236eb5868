"""Record that a paper was served, or that an attempt reached nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Case
from yifa.casework.delivery.errors import EarlierUntold, NotDeliverable
from yifa.casework.delivery.models import FAILED, SERVED, Delivery
from yifa.casework.delivery.queries import effect_of, failed_ways
from yifa.casework.instruments.models import ISSUED, Instrument
from yifa.law.delivery import untold
from yifa.law.labels import label
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.repeated import require_not_repeated

ALSO = {"demand_notice": "demand_served"}
"""Papers whose service is an act of its own besides, where it takes effect at once."""


@dataclass(frozen=True)
class Told:
    """What the officers say of one delivery. `flags`: keys of the act the way asks for (law.delivery)."""

    mode: str
    at: datetime
    by: tuple[str, ...]
    place: str = ""
    receiver: str = ""
    receiver_kind: str = ""
    refused: bool = False
    witness: str = ""
    reason: str = ""
    earlier: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    late_reason: str = ""

    @property
    def announced_on(self) -> date | None:
        day = self.flags.get("announced_on")
        return date.fromisoformat(day) if day else None


def event_of(paper: Instrument, told: Told) -> dict[str, Any]:
    """The act of the service, as the record format has it."""
    event = {
        "at": told.at.isoformat(), "kind": "instrument_served", "by": list(told.by), "instrument": paper.form,
        "mode": told.mode, **told.flags,
    }  # fmt: skip
    return event | {name: text for name in ("note", "late_reason") if (text := getattr(told, name))}


def attempt(*, paper: Instrument, told: Told, actor: Actor, again: str = "") -> Delivery:
    """An attempt that reached nobody: no act of the record; it answers for its way later. Raises NotDeliverable, Repeated."""
    with writing() as unit:
        case = locked(paper)
        return store(unit, unsaved(case, paper, told, FAILED, again), "delivery_attempted", actor)


def deliver(
    *, paper: Instrument, told: Told, expected: int, late: bool, actor: Actor, again: str = ""
) -> Delivery:
    """The paper was served: its row, the act, and the act that goes with it. `late`: entered on a later day.

    Raises NotDeliverable, EarlierUntold, Repeated, StaleEdition, StepRefused, InvalidAct; then nothing was written.
    """
    with writing() as unit:
        case = locked(paper)
        left = untold(told.mode, failed_ways(paper) | {mode for mode, why in told.earlier.items() if why})
        if left:
            names = "、".join(label("mode", one) for one in left)
            raise EarlierUntold(left, gettext("请先说明为什么没有采用：%(ways)s。") % {"ways": names})
        made = unsaved(case, paper, told, SERVED, again)
        event = event_of(paper, told)
        act = record_act(case_no=case.no, event=event, actor=actor, expected=expected, entered_late=late)
        found = effect_of(case, act.seq)
        also = ALSO.get(paper.form)
        if also and found.on <= told.at.astimezone(clock.SHANGHAI).date():
            further = {"at": event["at"], "kind": also, "by": event["by"]} | (
                {"note": told.note} if told.note else {}
            )
            record_act(case_no=case.no, event=further, actor=actor, entered_late=late)
        made.act_seq, made.effective_on = act.seq, found.on
        return store(unit, made, "delivery_recorded", actor)


def locked(paper: Instrument) -> Case:
    """The case of the paper, its row locked so that serials do not collide. Raises NotDeliverable."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organ").get(pk=paper.case_id)
    state = Instrument.objects.values_list("state", flat=True).get(pk=paper.pk)
    if state != ISSUED:
        raise NotDeliverable(gettext("只有已用印的文书才能送达。请先定稿、用印。"))
    return case


def unsaved(case: Case, paper: Instrument, told: Told, outcome: str, again: str) -> Delivery:
    """The row, not yet written. Raises Repeated."""
    newest = Delivery.objects.filter(case=case).order_by("serial").last()
    serial = newest.serial + 1 if newest else 1
    made = Delivery(
        no=f"{case.no}-S{serial:02d}", organ_id=case.organ_id, case=case, serial=serial, instrument=paper, mode=told.mode,
        outcome=outcome, at=told.at, by=list(told.by), receiver_kind=told.receiver_kind, receiver=told.receiver,
        refused=told.refused, place=told.place, witness=told.witness, reason=told.reason,
        earlier={mode: why for mode, why in told.earlier.items() if why}, announced_on=told.announced_on,
        entered_at=clock.now(),
    )  # fmt: skip
    require_not_repeated(
        made, newest, written="entered_at", again=again, besides=("at", "act_seq", "effective_on")
    )
    return made


def store(unit: Unit, made: Delivery, type: str, actor: Actor) -> Delivery:
    unit.log(type=type, actor=actor, agency=made.organ_id, rows=[made], occurred_at=made.at)
    made.save(force_insert=True)
    return made
