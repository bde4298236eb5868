"""People as other rooms need them."""

from __future__ import annotations

from typing import Any

from yifa.registry.people.models import Person, Role

RECORD_ROLE = {Role.PUBLIC_LAWYER: Role.COUNSEL}


def staff_of(organ_code: str) -> dict[str, dict[str, Any]]:
    """Staff number -> the person as an entry of `people` in a record file. One query."""
    people = Person.objects.filter(organ_id=organ_code).order_by("staff_no")
    return {person.staff_no: as_record(person) for person in people}


def as_record(person: Person) -> dict[str, Any]:
    """A person as the record format has it. A certificate counts only where its term is known."""
    roles = list(dict.fromkeys(str(RECORD_ROLE.get(key, key)) for key in person.role_keys()))
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


def units_of(organ_code: str) -> dict[str, str]:
    """Staff number -> unit. One query."""
    return dict(Person.objects.filter(organ_id=organ_code).values_list("staff_no", "unit"))


def names_of(organ_code: str) -> dict[str, str]:
    """Staff number -> name. One query."""
    return dict(Person.objects.filter(organ_id=organ_code).values_list("staff_no", "name"))
