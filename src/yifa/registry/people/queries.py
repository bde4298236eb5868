"""People as other rooms need them."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from yifa.ledger.prepared import Kept, Prepared
from yifa.registry.people.models import Person, Role

RECORD_ROLE: dict[str, str] = {Role.PUBLIC_LAWYER: Role.COUNSEL}
Recorded = namedtuple(
    "Recorded",
    "staff_no name roles certificate_no certificate_from certificate_to certificate_revoked_on certificate_territory"
    " legal_profession_qualified reviewer_since unit",
)


class Register:
    """The people of one organ as `Recorded` rows, by staff number; what is read from them is made once. To be read only."""

    def __init__(self, rows: Sequence[tuple]) -> None:
        self.people = [Recorded(*row) for row in rows]

    @cached_property
    def staff(self) -> dict[str, dict[str, Any]]:
        """Staff number -> the person as an entry of `people` in a record file."""
        return {row.staff_no: as_record(row) for row in self.people}

    @cached_property
    def units(self) -> dict[str, str]:
        """Staff number -> unit."""
        return {row.staff_no: row.unit for row in self.people}

    @cached_property
    def names(self) -> dict[str, str]:
        """Staff number -> name."""
        return {row.staff_no: row.name for row in self.people}


PEOPLE = Kept(
    Prepared(
        lambda organ: (
            Person.objects.filter(organ_id=organ).order_by("staff_no").values_list(*Recorded._fields)
        ),
        str,
    ),
    Register,
)


def register_of(organ_code: str) -> Register:
    """Everyone in the register of the organ: the same object while nobody's entry changes. One query."""
    return PEOPLE(organ_code)


def staff_of(organ_code: str) -> Mapping[str, dict[str, Any]]:
    """Staff number -> the person as an entry of `people` in a record file, to be read only. One query."""
    return register_of(organ_code).staff


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


def units_of(organ_code: str) -> Mapping[str, str]:
    """Staff number -> unit. One query."""
    return register_of(organ_code).units


def names_of(organ_code: str) -> dict[str, str]:
    """Staff number -> name. One query."""
    return dict(register_of(organ_code).names)
