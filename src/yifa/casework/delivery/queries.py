"""Deliveries of a case: what was sealed and waits, what was served how, and when each service takes effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import acts_of, assemble
from yifa.casework.delivery.models import FAILED, Delivery
from yifa.casework.instruments.models import ISSUED, Instrument
from yifa.casework.instruments.queries import carried
from yifa.law.delivery import Effect, effects
from yifa.law.forms.definitions import fields
from yifa.ledger.clock import SHANGHAI
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of


@dataclass(frozen=True)
class Service:
    """One service of the record with when it takes effect; `told` is its delivery, None where it was not recorded here."""

    act: Act
    effect: Effect
    told: Delivery | None


@dataclass(frozen=True)
class Served:
    """A case: services in order, attempts that reached nobody, sealed papers that wait."""

    services: list[Service]
    attempts: list[Delivery]
    waiting: list[Instrument]


def effect_of(case: Case, seq: int) -> Effect:
    """When the service that is this act of the case takes effect. Raises KeyError where it is none."""
    rows = acts_of(case)
    ordered, raw = assemble(case, rows, staff_of(case.organ_id))
    return {ordered[index].seq: one for index, one in effects(read_record(raw)).items()}[seq]


def deliveries_of(case: Case) -> Served:
    """Everything about service in one case. A fixed number of queries."""
    rows = acts_of(case)
    ordered, raw = assemble(case, rows, staff_of(case.organ_id))
    found = list(Delivery.objects.filter(case=case).select_related("instrument").order_by("serial"))
    told = {one.act_seq: one for one in found if one.act_seq}
    services = [
        Service(ordered[index], effect, told.get(ordered[index].seq))
        for index, effect in effects(read_record(raw)).items()
    ]
    sealed = Instrument.objects.filter(case=case, state=ISSUED).order_by("serial")
    return Served(
        services,
        [one for one in found if one.outcome == FAILED],
        [one for one in sealed if one.definition.handed_over and not is_served(one, services)],
    )


def is_served(paper: Instrument, services: list[Service]) -> bool:
    """Told of this paper here, or the record has a service of its form from the day it is dated."""
    if any(one.told and one.told.instrument_id == paper.pk for one in services):
        return True
    dated: date | None = paper.dated_on
    return any(
        one.told is None and one.act.data["instrument"] == paper.form and dated is not None
        and one.act.at.astimezone(SHANGHAI).date() >= dated
        for one in services
    )  # fmt: skip


def failed_ways(paper: Instrument) -> set[str]:
    """Ways that were tried with this paper and reached nobody."""
    return set(Delivery.objects.filter(instrument=paper, outcome=FAILED).values_list("mode", flat=True))


def address_of(case: Case) -> str:
    """Where papers of the case are served: the address confirmed for it, else the party's own, as its papers say."""
    asked = ("送达地址", "住址")
    told = carried(case, [fields()[label] for label in asked])
    return next((str(told[label]) for label in asked if label in told), "")
