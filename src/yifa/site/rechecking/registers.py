"""Rows of the registers for the rules that look at the organ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yifa.fieldwork.inspections.models import Inspection as StoredInspection
from yifa.law.findings import NotEvaluated
from yifa.law.organ.registers import Inspection, OrganFinding, judge
from yifa.law.packs import pack
from yifa.law.record.model import Certificate, Person
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person as StoredPerson


def judge_registers(organ: Organ, at: datetime, year: int | None) -> Iterator[OrganFinding | NotEvaluated]:
    """The checks of the organ as a stream; `year` keeps the inspections of that year alone."""
    yield from judge(
        pack(organ.territory), at, inspections=_inspections(organ.code, year), people=_people(organ.code)
    )


def _inspections(organ_code: str, year: int | None) -> Iterator[Inspection]:
    rows = StoredInspection.objects.filter(organ_id=organ_code).order_by("on", "number")
    if year is not None:
        rows = rows.filter(on__year=year)
    for row in rows.values_list("number", "on", "published_on").iterator(chunk_size=2000):
        yield Inspection(*row)


def _people(organ_code: str) -> Iterator[Person]:
    for row in StoredPerson.objects.filter(organ_id=organ_code).order_by("staff_no"):
        held = None
        if row.certificate_no and row.certificate_from and row.certificate_to:
            held = Certificate(
                row.certificate_no, row.certificate_from, row.certificate_to, row.certificate_revoked_on
            )
        yield Person(row.staff_no, row.name, tuple(row.role_keys()), held)
