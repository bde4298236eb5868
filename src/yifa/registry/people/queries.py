"""People as other rooms need them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from yifa.registry.people.models import Person, Role

RECORD_ROLE: dict[str, str] = {Role.PUBLIC_LAWYER: Role.COUNSEL}
RECORDED = (
    "staff_no", "name", "roles", "certificate_no", "certificate_from", "certificate_to", "certificate_revoked_on",
    "certificate_territory", "legal_profession_qualified", "reviewer_since",
)  # fmt: skip
NUMBER_LENGTH = 40
MANY = 500


def staff_of(organ_code: str, named: Collection[str] | None = None) -> dict[str, dict[str, Any]]:
    """Staff number -> the person as an entry of `people` in a record file. One query.

    With `named`, words that may be staff numbers: only those people, and every head.
    """
    people = Person.objects.filter(organ_id=organ_code)
    numbers = [word for word in named or () if len(word) <= NUMBER_LENGTH]
    if named is not None and len(numbers) <= MANY:
        people = people.filter(Q(staff_no__in=numbers) | Q(roles__contains=f"|{Role.HEAD}|"))
    rows = people.order_by("staff_no").values_list(*RECORDED, named=True)
    return {row.staff_no: as_record(row) for row in rows}


def as_record(person: Any) -> dict[str, Any]:
    """A person, or a row of the columns RECORDED, as the record format has it. A certificate counts only where its term
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


def names_of(organ_code: str) -> dict[str, str]:
    """Staff number -> name. One query."""
    return dict(Person.objects.filter(organ_id=organ_code).values_list("staff_no", "name"))
