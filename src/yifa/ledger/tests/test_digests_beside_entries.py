"""The digests kept beside an entry name the column that was changed; changed themselves, they are named too."""

from __future__ import annotations

import pytest
from django.db import connection

from yifa.ledger import beside, protection
from yifa.ledger.models import Event
from yifa.ledger.tests.factories import histories
from yifa.ledger.verify import Verification

pytestmark = pytest.mark.django_db(transaction=True)
LIE = "0" * 64


@pytest.fixture(autouse=True)
def unprotected():
    histories(2, 3)
    with connection.schema_editor() as editor:
        protection.switch_off(editor)
    yield
    with connection.schema_editor() as editor:
        protection.switch_on(editor)


def found() -> list[tuple]:
    faults = Verification(beside=True).faults()
    return [(fault.code, fault.idx, fault.row, fault.columns) for fault in faults]


def change(idx: int, row: str, **digests: str | None) -> None:
    event = Event.objects.get(log="case", idx=idx)
    event.columns[row] = {name: one for name, one in {**event.columns[row], **digests}.items() if one}
    Event.objects.filter(pk=event.pk).update(columns=event.columns)


def test_what_was_recorded_agrees():
    assert found() == []


@pytest.mark.parametrize("column", ["data", "kind", "words"])
def test_a_changed_digest_is_named_with_entry_row_and_column(column):
    change(1, "act:2021-0001/2", **{column: LIE})
    assert found() == [("columns", 1, "act:2021-0001/2", (column,))]


def test_of_a_row_recorded_again_since_the_entry_is_named():
    change(0, "case:2021-0001", stage=LIE)
    assert found() == [("columns", 0, "case:2021-0001", ())]


def test_a_digest_taken_away_or_added_is_named():
    change(5, "case:2021-0002", stage=None, invented=LIE)
    assert found() == [("columns", 5, "case:2021-0002", ("invented", "stage"))]


@pytest.mark.parametrize("columns", [{}, [], {"act:2021-0001/1": "x", "case:2021-0001": {"no": 1}}])
def test_columns_that_are_none_are_named_for_every_row(columns):
    Event.objects.filter(log="case", idx=0).update(columns=columns)
    assert {(code, idx, row) for code, idx, row, _ in found()} == {
        ("columns", 0, "act:2021-0001/1"), ("columns", 0, "case:2021-0001"),
    }  # fmt: skip


def test_whatever_was_emptied_is_named_and_each_table_read_once_for_the_columns(monkeypatch):
    """Not once for each fault, nor 4,096 versions tried where nothing is kept: that never ended on a year of entries."""
    read, searched = [], []
    rows, folds = beside.stored_rows, beside.folds
    monkeypatch.setattr(beside, "NAMED", 7)
    monkeypatch.setattr(beside, "stored_rows", lambda one: read.append(one.table) or rows(one))
    monkeypatch.setattr(beside, "folds", lambda *of: searched.append(of) or folds(*of))
    Event.objects.filter(log="case").update(columns={})
    named = found()
    assert len(named) == 12 and {one[0] for one in named} == {"columns"}
    assert sorted(read) == ["act", "case"] and searched == []
    assert [bool(columns) for _, _, _, columns in named[7:]] == [False] * 5


def test_a_row_nobody_recorded_there_is_named():
    event = Event.objects.get(log="case", idx=2)
    event.columns["case:2021-0002"] = event.columns["case:2021-0001"]
    Event.objects.filter(pk=event.pk).update(columns=event.columns)
    assert [one[:3] for one in found()] == [("columns", 2, "case:2021-0002")]
