"""People as other rooms need them."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Collection
from itertools import starmap
from typing import Any

from yifa.ledger.prepared import Prepared
from yifa.registry.people.models import Person, Role

RECORD_ROLE: dict[str, str] = {Role.PUBLIC_LAWYER: Role.COUNSEL}
Recorded = namedtuple(
    "Recorded",
    "staff_no name roles certificate_no certificate_from certificate_to certificate_revoked_on certificate_territory"
    " legal_profession_qualified reviewer_since unit",
)
Register = list[tuple]
"""The people of one organ as `Recorded` rows, by staff number: equal where nobody's entry changed."""
HEAD = f"|{Role.HEAD}|"
PERSON = Prepared(lambda pk: Person.objects.filter(pk=pk), int)
PEOPLE = Prepared(
    lambda organ: Person.objects.filter(organ_id=organ).order_by("staff_no").values_list(*Recorded._fields),
    str,
    kept=4096,
)


def person_with(pk: int | None) -> Person | None:
    """The person of this primary key; None where there is none."""
    found = [] if pk is None else PERSON(pk)
    return found[0] if found else None


def register_of(organ_code: str) -> Register:
    """Everyone in the register of the organ. One query."""
    return PEOPLE(organ_code)


def staff_in(register: Register, named: Collection[str] | None = None) -> dict[str, dict[str, Any]]:
    """Staff number -> the person as an entry of `people` in a record file.

    With `named`, words that may be staff numbers: only those people, and every head.
    """
    rows = starmap(Recorded, register)
    return {
        row.staff_no: as_record(row)
        for row in rows
        if named is None or row.staff_no in named or HEAD in row.roles
    }


def staff_of(organ_code: str, named: Collection[str] | None = None) -> dict[str, dict[str, Any]]:
    """The same of the register as it stands. One query."""
    return staff_in(register_of(organ_code), named)


def as_record(person: Any) -> dict[str, Any]:
    """A person, or Recorded of one, as the record format has it. A certificate counts only where its term
    is known."""
    roles = list(dict.fromkeys(str(RECORD_ROLE.get(key, key)) for key in person.roles.split("|") if key))
    entry: dict[str, Any] = {"id": person.staff_no, "name": person.name, "roles": roles}
    if person.certificate_no and person.certificate_from and person.certificate_to:
        certificate = {
            "number": person.certificate_no,
            "valid_from": person.certificate_from.isoformat(),
            "valid_to": person.certificate_to.isoformat(),
        }
        if person.certificate_revoked_on:
            certificate["revoked_on"] = person.certificate_revoked_on.isoformat()
        if person.certificate_territory:
            certificate["territory"] = person.certificate_territory
        entry["certificate"] = certificate
    if person.legal_profession_qualified:
        entry["legal_profession_qualified"] = True
    if person.reviewer_since:
        entry["reviewer_since"] = person.reviewer_since.isoformat()
    return entry


def units_in(register: Register) -> dict[str, str]:
    """Staff number -> unit."""
    return {row.staff_no: row.unit for row in starmap(Recorded, register)}


def units_of(organ_code: str) -> dict[str, str]:
    """The same of the register as it stands. One query."""
    return units_in(register_of(organ_code))


def names_of(organ_code: str) -> dict[str, str]:
    """Staff number -> name. One query."""
    return {row.staff_no: row.name for row in starmap(Recorded, register_of(organ_code))}
