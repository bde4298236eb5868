"""Who holds a role on a day."""

from __future__ import annotations

from datetime import date

import pytest

from yifa.listing.tests.registers import organ
from yifa.registry.people.lists import PEOPLE
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db


def person(staff_no: str, roles: str, start: date | None = None, end: date | None = None) -> None:
    Person.objects.create(
        organ=organ("one"), staff_no=staff_no, name=staff_no, roles=roles, term_from=start, term_to=end
    )


@pytest.mark.parametrize(
    ("day", "there"),
    [("2020-12-31", ["2"]), ("2021-01-01", ["1", "2"]), ("2021-12-31", ["1", "2"]), ("2022-01-01", ["2"])],
)
def test_a_term_covers_its_first_and_last_day_and_an_open_end_is_open(day, there):
    person("1", "|counsel|", date(2021, 1, 1), date(2021, 12, 31))
    person("2", "|counsel|", date(2019, 1, 1))
    person("3", "|counsel|", date(2023, 1, 1))
    assert sorted(PEOPLE.keys("one", {"role": "counsel", "in_term": day})) == [f"person:{no}" for no in there]


def test_a_role_is_a_whole_word():
    """`head` is not found in another role, nor the first of several missed."""
    person("1", "|handler|head|")
    person("2", "|handler|")
    person("3", "|public_lawyer|")
    assert list(PEOPLE.keys("one", {"role": "head"})) == ["person:1"]
    assert PEOPLE.count("one", {"role": "handler"}) == 2
    assert PEOPLE.count("one", {"role": "counsel"}) == 0
    assert PEOPLE.count("one", {"role": "head,public_lawyer"}) == 2
