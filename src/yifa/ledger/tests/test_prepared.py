"""A prepared statement answers as the query set would, whatever its values; what it cannot prepare it refuses."""

from datetime import date

import pytest
from django.db import IntegrityError

from yifa.ledger.prepared import Prepared, insert, insert_all, update
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db


def organ(code: str = "120199-cgw") -> Organ:
    made = Organ(code=code, name="甲“委”", territory="120199", document_prefix="津", salts={"name": "ab"})
    insert(made)
    return made


def person(owner: Organ, number: str, **changes) -> Person:
    return Person(organ=owner, staff_no=number, name=f"人{number}", roles="|handler|", **changes)


def test_a_query_whose_shape_or_value_changes_is_refused():
    with pytest.raises(TypeError):
        Prepared(lambda word: Person.objects.filter(name__contains=word), str)("甲")
    with pytest.raises(TypeError):
        Prepared(lambda number: Person.objects.filter(id__gt=0), int)(1)


def test_a_second_row_of_the_same_key_is_refused():
    organ()
    with pytest.raises(IntegrityError):
        organ()


def test_values_are_given_to_the_database_and_never_become_part_of_the_statement():
    owner = organ()
    insert(person(owner, "1"))
    found = Prepared(lambda number: Person.objects.filter(staff_no=number), str)
    assert found("' OR 1=1 --") == found("%s") == found("") == []
    assert [one.staff_no for one in found("1")] == ["1"]


def test_rows_come_back_as_the_query_set_gives_them():
    owner = organ()
    insert_all(
        [person(owner, "1", certificate_from=date(2020, 1, 31)), person(owner, "2", reviewer_since=None)]
    )
    query = Person.objects.select_related("organ").order_by("staff_no")
    prepared = Prepared(lambda code: query.filter(organ_id=code), str)
    for one, other in zip(prepared(owner.code), query.filter(organ_id=owner.code), strict=True):
        names = [field.attname for field in Person._meta.concrete_fields]
        assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]
        assert one.organ.salts == {"name": "ab"} and not one._state.adding
    values = Prepared(
        lambda code: query.filter(organ_id=code).values_list("staff_no", "certificate_from"), str
    )
    assert values(owner.code) == [("1", date(2020, 1, 31)), ("2", None)]
    assert values(owner.code, keep=lambda row: row[0] == "2") == [("2", None)]


def test_an_inserted_row_knows_its_key_and_an_update_changes_the_named_columns_only():
    made = person(organ(), "1")
    insert(made)
    made.name, made.unit = "改名", "未存"
    update(made, ("name",))
    stored = Person.objects.get(pk=made.pk)
    assert (stored.name, stored.unit) == ("改名", "")
