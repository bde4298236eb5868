"""People as they are found by a fragment: by name, staff number, and the first letters of the pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from yifa.listing.search import Entry, Source, keep, register_source
from yifa.listing.search.pinyin import initials
from yifa.registry.people.models import Person


def entry_of(person: Person) -> Entry:
    letters = initials(person.name, person=True)
    texts = (("number", person.staff_no), ("name", person.name), ("initials", letters))
    detail = " · ".join(part for part in (person.staff_no, person.unit, person.post) if part)
    return Entry(person.organ_id, "person", person.staff_no, person.name, detail, texts)


def index_people(people: Iterable[Person]) -> None:
    """Called where people are entered or changed, in the same transaction."""
    keep(entry_of(person) for person in people)


def entries() -> Iterator[Entry]:
    for person in Person.objects.order_by("pk").iterator(chunk_size=2000):
        yield entry_of(person)


register_source(
    Source(
        "person", "人员", entries, lambda: Person.objects.exists(),
        lambda key: f"/desk/people/?{urlencode({'name': key})}",
    )
)  # fmt: skip
