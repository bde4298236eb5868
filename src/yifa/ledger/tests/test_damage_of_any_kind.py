"""SQLite holds anything in any column: what is damaged so is named at its place, and hides nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from yifa.ledger import mode, protection
from yifa.ledger.boot import check_at_start
from yifa.ledger.checkpoints import SigningRefused, head_file, last_signed, sign
from yifa.ledger.models import Subtree
from yifa.ledger.rotation import read
from yifa.ledger.tests.factories import histories
from yifa.ledger.verify import Fault, Verification

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]
DEEP = "[" * 20_000 + "]" * 20_000
ENTRY = {
    "object": {"type": "case", "id": "x", "version": 1},
    "log": "case",
    "idx": 1,
    "agency": "x",
    "after": {},
}
BODIES: list[dict[str, Any]] = [
    {"after": {"act:1": ["x"]}}, {"after": {"act:1": {}}}, {"agency": ["x"]}, {"agency": {}},
    {"after": {"act:\ud800": "x"}}, {"agency": "\ud800"}, {"idx": [1], "log": ["case"]},
    {"type": "pii_erased", "details": []}, {"type": "pii_erased", "details": {"field": ["a"]}},
    {"type": "state_taken_over", "details": {"erased": 5}}, {"type": "key_rotated", "details": {"epoch": 5}},
]  # fmt: skip
VALUES = ["CAST(body AS TEXT)", "5", "9223372036854775807", "CAST(x'ff' AS TEXT)"]
COLUMNS = {
    "object": ["x'ff'", "CAST(x'ff' AS TEXT)", "CAST(object AS BLOB)", "7"],
    "leaf_sha256": ["'abc'", "5"],
    "columns": [
        "x'ff'",
        "'5'",
        "'[]'",
        f"'{'[' * 5000}{']' * 5000}'",
        """'{"act:\\ud800":{"\\ud800":"x"}}'""",
    ],
}
ROWS = {
    "act:2021-0002/1": [("cases_act", "data", f"'{DEEP}'", "case_id = '2021-0002' AND seq = 1")],
    "case:2021-0002": [("cases_case", "fine_fen", "9e999", "no = '2021-0002'")],
    "case:%FF": [("cases_case", "no", "x'ff00'", "no = '2021-0002'")],
    "case:?": [("cases_case", "no", "CAST(x'ff00' AS TEXT)", "no = '2021-0002'")],
}


@pytest.fixture(autouse=True)
def log(tmp_path, settings):
    """Two cases of three acts, in a database that anybody has altered who may alter anything."""
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"
    histories(2, 3)
    with connection.schema_editor() as editor:
        protection.switch_off(editor)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("PRAGMA foreign_keys = OFF")
        # what is to be found besides
        cursor.execute("UPDATE cases_case SET fine_fen = 50 WHERE no = '2021-0001'")
        yield cursor
        cursor.execute("DELETE FROM ledger_event")
        cursor.execute("DELETE FROM ledger_head")
        cursor.execute("DELETE FROM cases_act")
        cursor.execute("DELETE FROM cases_case")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
        cursor.execute("PRAGMA foreign_keys = ON")
    with connection.schema_editor() as editor:
        protection.switch_on(editor)


def faults() -> list[Fault]:
    """With the row that is altered in any case."""
    found = list(Verification(beside=True, signed=last_signed()).faults())
    assert [one.columns for one in found if (one.code, one.row) == ("altered", "case:2021-0001")] == [
        ("fine_fen",)
    ]
    return found


def at(idx: int) -> set[str]:
    return {one.code for one in faults() if one.idx == idx}


@pytest.mark.parametrize("idx", [0, 1])
@pytest.mark.parametrize("value", VALUES)
def test_a_body_that_is_no_bytes(log, value, idx):
    log.execute(f"UPDATE ledger_event SET body = {value} WHERE log = 'case' AND idx = {idx}")
    assert at(idx) >= {"leaf", "body"}
    assert check_at_start() and mode.reason()


@pytest.mark.parametrize(
    "body", [DEEP, *(json.dumps({**ENTRY, **one}, separators=(",", ":")) for one in BODIES)]
)
def test_a_body_that_says_what_no_body_says(log, body):
    log.execute("UPDATE ledger_event SET body = %s WHERE log = 'case' AND idx = 1", [body.encode()])
    assert "leaf" in at(1)


@pytest.mark.parametrize(
    ("column", "value"), [(name, value) for name, values in COLUMNS.items() for value in values]
)
def test_a_column_beside_the_body_that_is_not_of_its_type(log, column, value):
    log.execute(f"UPDATE ledger_event SET {column} = {value} WHERE log = 'case' AND idx = 1")
    assert {"leaf_sha256": "leaf"}.get(column, column) in at(1)


@pytest.mark.parametrize("idx", ["'abc'", "5.5"])
def test_an_index_that_is_no_whole_number(log, idx):
    log.execute(f"UPDATE ledger_event SET idx = {idx} WHERE log = 'case' AND idx = 5")
    assert "gap" in {one.code for one in faults()}


def test_a_head_of_a_size_that_is_none(log):
    log.execute("UPDATE ledger_head SET size = 'abc' WHERE log = 'case'")
    assert "head" in {one.code for one in faults()}
    assert "日志头已损坏" in check_at_start()


@pytest.mark.parametrize("change", ["sha256 = 'abc'", "number = 'abc'"])
def test_kept_roots_that_are_none(log, change):
    Subtree.objects.create(log="case", number=0, sha256=b"", sm3=b"")
    log.execute(f"UPDATE ledger_subtree SET {change}")
    assert "subtree" in {one.code for one in faults()}


@pytest.mark.parametrize(("row", "change"), [(row, one) for row, changes in ROWS.items() for one in changes])
def test_a_row_that_cannot_be_read(log, row, change):
    table, column, value, where = change
    log.execute(f"UPDATE {table} SET {column} = {value} WHERE {where}")
    named = [one for one in faults() if one.row.startswith(row) and column in one.columns + ("no",)]
    assert len(named) == 1


def test_a_kept_head_that_is_no_head():
    sign()
    head_file("case").write_text("[" * 100_000)
    with pytest.raises(SigningRefused, match="已损坏"):
        last_signed()
    assert read(DEEP.encode()) is None
