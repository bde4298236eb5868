"""A prepared statement answers as the query set would, whatever its values; what it cannot prepare it refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from yifa.casework.cases.tests import factories as make
from yifa.ledger.prepared import Kept, Prepared, _columns, _values, insert, insert_all, update
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


def test_a_value_of_another_type_than_its_column_is_spelt_by_django():
    made = person(organ(), "1", legal_profession_qualified=1)
    made.version, made.staff_no = "3", 17
    insert(made)
    stored = Person.objects.get(pk=made.pk)
    assert (stored.version, stored.staff_no, stored.legal_profession_qualified) == (3, "17", True)
    assert (
        Prepared(lambda pk: Person.objects.filter(pk=pk), int)(made.pk)[0].legal_profession_qualified is True
    )


def test_every_value_of_a_case_and_its_acts_is_given_to_the_database_as_django_gives_it():
    case = make.case_with(make.lead(), make.opening())
    case.closed_on, case.salts = date(2021, 8, 3), {"name": ["甲", None, 1.5]}
    for row in (case, *case.acts.all()):
        columns = _columns(row._meta.concrete_fields)
        django = [
            field.get_db_prep_save(field.pre_save(row, False), connection)
            for field in row._meta.concrete_fields
        ]
        assert list(map(plain, _values(row, columns))) == list(map(plain, django))
    if connection.vendor == "sqlite":
        case.last_act_at = case.last_act_at.replace(tzinfo=None)
        with pytest.raises(ValueError, match="time zone"):
            _values(case, _columns(case._meta.concrete_fields))


def plain(value):
    """PostgreSQL is given JSON in a wrapper, which is equal to none but itself."""
    return getattr(value, "obj", value)


def test_nothing_is_asked_in_a_transaction_that_is_already_broken():
    organ()
    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic():
            organ()
        assert Prepared(lambda code: Organ.objects.filter(code=code), str)("120199-cgw")
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            Prepared(lambda code: Organ.objects.filter(code=code), str)("120199-cgw")


def test_statements_can_still_be_counted(django_assert_num_queries):
    made = organ()
    with django_assert_num_queries(3):
        insert(person(made, "1"))
        made.name = "乙"
        update(made, ("name",))
        Prepared(lambda code: Organ.objects.filter(code=code), str)(made.code)


def test_json_and_moments_come_back_as_the_query_set_gives_them():
    made = organ()
    made.salts = {"a": ["甲", None, {"b": 1.5}]}
    update(made, ("salts",))
    insert(person(made, "1", salts={}))
    assert Prepared(lambda code: Organ.objects.filter(code=code), str)(made.code)[0].salts == made.salts
    found = Prepared(lambda code: Person.objects.filter(organ_id=code), str)
    one, fresh = found(made.code)[0], found(made.code)[0]
    assert one.salts == {}
    one.salts["name"] = "ab"
    assert fresh.salts == {}, "no two rows share a value"


def test_what_was_made_of_all_rows_is_kept_only_while_they_are_the_same():
    made = organ()
    insert_all([person(made, "1"), person(made, "2")])
    rows = Prepared(
        lambda code: (
            Person.objects.filter(organ_id=code).order_by("staff_no").values_list("staff_no", "name")
        ),
        str,
    )
    kept = Kept(rows, tuple)
    first = kept(made.code)
    assert first == (("1", "人1"), ("2", "人2")) and kept(made.code) is first
    assert kept("120115-cgw") == ()
    Person.objects.filter(staff_no="2").update(name="改名")
    assert kept(made.code) == (("1", "人1"), ("2", "改名"))
    Person.objects.filter(staff_no="2").delete()
    assert kept(made.code) == (("1", "人1"),)
