"""Every legal and personal column of every bound table: changed once behind the product's back, it is named."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction

from yifa.casework.cases.models import Act, Case
from yifa.governance.training.models import Training
from yifa.intake.workbook.actions import take_in
from yifa.intake.workbook.tests.factories import NUMBER, sheets, write
from yifa.ledger import queries
from yifa.ledger.actions import Actor
from yifa.ledger.bound import BINDINGS, Binding, opaque
from yifa.ledger.digest import row_name
from yifa.ledger.models import Event
from yifa.ledger.tests.every_table import DAY, MORE, entered_year
from yifa.ledger.verify import Fault, Verification, every_table
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.cli.main import run
from yifa.site.cli.verify import TABLE_NAMES, sentence


@pytest.fixture(autouse=True)
def keys(tmp_path, settings) -> None:
    """No head signed by the installation these tests run in."""
    settings.KEYS = tmp_path / "keys"
    settings.HOME = tmp_path


@pytest.fixture
def year(transactional_db, tmp_path):
    entered_year(tmp_path)


def faults(organ: str = "") -> list[Fault]:
    return list(Verification(organ=organ, tables=every_table()).faults())


def other(column: models.Field, value: Any) -> Any:
    """A value of the same type that the column can hold and does not hold now."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    if isinstance(column, models.JSONField):
        return {"changed": True}
    if isinstance(column, models.BooleanField):
        return not value
    if isinstance(column, models.IntegerField):
        return (value or 0) + 1000
    if isinstance(column, models.DateTimeField):
        return (value or datetime.fromisoformat("2020-01-01T00:00:00+08:00")) + timedelta(seconds=1)
    if isinstance(column, models.DateField):
        return (value or date(2020, 1, 1)) + timedelta(days=1)
    return ("~" if str(value or "")[:1] != "~" else "!") + str(value or "")[1:]


def change(binding: Binding, obj: models.Model, name: str) -> None:
    """One UPDATE of one column, as a database administrator would write it."""
    column = next(c for c in binding.model._meta.concrete_fields if c.attname == name)
    stored = column.get_db_prep_save(other(column, getattr(obj, name)), connection)
    table, key = binding.model._meta.db_table, binding.model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET "{column.column}" = %s WHERE "{key.column}" = %s', [stored, obj.pk]
        )
        assert cursor.rowcount == 1


def named(found: list[Fault], before: str, column: str) -> bool:
    """The row and the column are named; where the column is part of the key: the old name gone, a new one extra."""
    mine = [fault for fault in found if fault.row == before]
    if any(fault.code == "altered" and column in fault.columns and fault.idx is not None for fault in mine):
        return True
    table = before.partition(":")[0]
    extra = [fault for fault in found if fault.code == "unrecorded" and fault.row.partition(":")[0] == table]
    return [fault.code for fault in mine] == ["missing"] and mine[0].idx is not None and len(extra) == 1


def test_every_legal_and_personal_column_of_every_table_is_named_when_changed(year):
    unnoticed, changed = [], 0
    assert faults() == []
    for binding in BINDINGS.values():
        obj = binding.model._base_manager.order_by("-pk").first()
        assert obj is not None, f"{binding.table} has no row to change"
        before = row_name(binding.table, binding.key(obj))
        for column in (*binding.legal, *binding.personal, "version"):
            with transaction.atomic():
                change(binding, obj, column)
                if not named(faults(), before, column):
                    unnoticed.append(f"{before} {column}")
                transaction.set_rollback(True)
            changed += 1
    assert unnoticed == []
    assert changed == sum(len(b.legal) + len(b.personal) + 1 for b in BINDINGS.values()) > 150
    assert faults() == []


def test_a_deleted_row_of_any_table_is_missing_at_its_latest_entry(year):
    for binding in BINDINGS.values():
        obj = binding.model._base_manager.order_by("-pk").first()
        before = row_name(binding.table, binding.key(obj))
        with transaction.atomic():
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                table, key = binding.model._meta.db_table, binding.model._meta.pk.column
                cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = %s', [obj.pk])
            (only,) = [fault for fault in faults() if fault.row == before]
            transaction.set_rollback(True)
        assert only.code == "missing"
        assert before in Event.objects.get(idx=only.idx).columns


def test_a_row_slipped_in_is_extra(year):
    owner = Organ.objects.get()
    Training.objects.create(organ=owner, on=date(2021, 7, 1), name="没开过的会", form="x", attendances=40)
    (only,) = faults()
    assert sentence(only) == f"培训 {owner.code}/2021-07-01/{opaque('没开过的会')} 库中有这一行，日志没有记录"


def test_a_second_row_of_the_same_name_is_not_taken_for_the_first(year, monkeypatch):
    """With the unique constraint dropped, a copy of a row has a digest that the log knows."""
    (constraint,) = Training._meta.constraints
    monkeypatch.setattr(Training._meta, "constraints", [])
    with connection.schema_editor() as editor:
        editor.remove_constraint(Training, constraint)
    twin = Training.objects.get()
    twin.pk = None
    twin.save(force_insert=True)
    found = faults()
    twin.delete()
    monkeypatch.undo()
    with connection.schema_editor() as editor:
        editor.add_constraint(Training, constraint)
    assert [(fault.code, fault.row.split("/")[1]) for fault in found] == [("twice", DAY)]


def test_a_changed_salt_is_named_by_its_column(year):
    person = Person.objects.first()
    Person.objects.filter(pk=person.pk).update(salts={**person.salts, "name": "00" * 32})
    (only,) = faults()
    assert (only.code, only.columns) == ("altered", ("name",))


def test_rows_are_compared_with_the_latest_entry_that_carried_them(year, tmp_path):
    content = sheets(**MORE)
    content["人员"][1][1] = "赵新任"
    take_in(path=write(tmp_path / "b.xlsx", content), organ=Organ.objects.get(), actor=Actor("system:import"))
    assert faults() == []
    Person.objects.filter(staff_no="0001").update(name="赵主任")
    (only,) = faults()
    assert only.idx == queries.last_event(f"person:{Organ.objects.get().code}/0001").idx


def test_an_organ_by_itself_is_checked_with_its_missing_rows(year):
    code = Organ.objects.get().code
    Organ.objects.create(code="other", name="别处", territory="120115", document_prefix="别")
    assert [fault.row for fault in faults()] == ["organ:other"]
    assert faults(code) == []
    Training.objects.all().delete()
    assert [fault.code for fault in faults(code)] == ["missing"]
    assert [fault.row for fault in faults("other")] == ["organ:other"]


def test_the_number_of_queries_does_not_grow_with_the_rows(year, django_assert_max_num_queries):
    with django_assert_max_num_queries(4 * len(BINDINGS) + 8):
        assert faults() == []
    assert Act.objects.count() + Case.objects.filter(number=NUMBER).count() > 8


def test_the_command_says_yes_no_and_cannot_tell(year, capsys):
    assert run(["verify", "state"]) == 0
    assert "培训 1" in capsys.readouterr().out
    Training.objects.update(attendances=41)
    assert run(["verify", "state"]) == 1
    assert "与日志记录不一致（列 attendances）" in capsys.readouterr().out
    assert run(["verify", "log"]) == 0
    capsys.readouterr()
    assert run(["verify", "state", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["rows"]) == set(every_table()) == set(TABLE_NAMES)
    (fault,) = answer["faults"]
    assert (fault["columns"], fault["code"]) == (["attendances"], "altered")
