"""A value respelt so that its digest is the same and what queries make of it is not is named like any altered one."""

from __future__ import annotations

import pytest
from django.db import connection

from yifa.ledger.actions import writing
from yifa.ledger.tests.factories import CLERK, histories
from yifa.ledger.verify import Verification

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def found() -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.code, one.row, one.columns) for one in Verification().faults()]


@pytest.mark.parametrize(
    ("table", "column", "first", "then"),
    [
        ("case", "opened_on", "'2021-01-13'", "'2021-1-13'"),
        ("case", "opened_on", "'2021-03-04'", "'20210304'"),
        ("case", "fine_fen", "15000", "15000.5"),
        ("case", "fine_fen", "15000", "'1_5000'"),
        ("case", "year", "2021", "'2_021'"),
        ("act", "at", "'2021-03-02 01:30:00'", "'2021-03-02T01:30:00'"),
        ("act", "data", """'{"a": 1}'""", """'{"a": 2, "a": 1}'"""),
    ],
)
def test_another_spelling_of_the_same_value_is_named(table, column, first, then):
    (case,) = histories(1, 1)
    where = {
        "case": "cases_case SET {} WHERE no = '2021-0001'",
        "act": "cases_act SET {} WHERE case_id = '2021-0001'",
    }
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE {where[table]}".format(f'"{column}" = {first}'))
    row = case if table == "case" else case.acts.get()
    row.refresh_from_db()
    with writing() as unit:
        unit.log(type="case_corrected", actor=CLERK, agency=row.organ_id, rows=[row])
    assert found() == []
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {where[table]}".format(f'"{column}" = {then}'))
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    name = "case:2021-0001" if table == "case" else "act:2021-0001/1"
    assert found() == [("altered", name, (column,))]
