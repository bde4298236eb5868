"""A change and its entry succeed or fail together; entries are never changed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from yifa.ledger import queries
from yifa.ledger.actions import EntryTooLarge, on_request, writing
from yifa.ledger.models import Event, Head
from yifa.ledger.tests.factories import CLERK, act, case, histories, organ, record
from yifa.proof.merkle import leaf_hash, root, sha256, sm3

Case = apps.get_model("cases", "Case")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_event SET object = 'x'", "DELETE FROM ledger_event", "TRUNCATE ledger_event"],
)
def test_an_entry_cannot_be_changed_or_deleted(statement):
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        statement = "INSERT OR REPLACE INTO ledger_event SELECT * FROM ledger_event"
    histories(1, 1)
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert queries.event_count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_failing_change_leaves_neither_row_nor_entry():
    histories(1, 1)
    with pytest.raises(RuntimeError), writing() as unit:
        record(unit, case(2, organ()), 1)
        raise RuntimeError
    assert (Case.objects.count(), queries.event_count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_cannot_be_spelt_takes_the_change_back():
    with pytest.raises(EntryTooLarge), writing() as unit:
        one = case(1, organ())
        one.save()
        unit.log(type="case_opened", actor=CLERK, agency="1", rows=[one], doc_hashes=["0" * 64] * 130)
    assert (Case.objects.count(), queries.event_count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_writing_refuses_to_start_inside_a_foreign_transaction():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), writing():
        pytest.fail("the unit began inside a transaction that may still roll back")


@pytest.mark.django_db
def test_an_entry_without_rows_is_refused():
    with pytest.raises(ValueError, match="at least one row"), writing() as unit:
        unit.log(type="nothing", actor=CLERK, agency="1", rows=[])


@pytest.mark.django_db
def test_a_refusal_inside_a_joined_unit_takes_only_its_own_rows_and_entries():
    owner = organ()
    with writing() as unit:
        record(unit, case(1, owner), 1)
        with pytest.raises(RuntimeError), writing() as inner:
            record(inner, case(2, owner), 1)
            raise RuntimeError
        with writing() as inner:
            assert inner is unit
            record(inner, case(3, owner), 1)
    assert list(Case.objects.order_by("no").values_list("no", flat=True)) == ["2021-0001", "2021-0003"]
    assert list(Event.objects.order_by("idx").values_list("object", flat=True)) == [
        "case:2021-0001",
        "case:2021-0003",
    ]


@pytest.mark.django_db
def test_the_head_holds_both_trees_over_the_stored_bodies():
    histories(7, 3)
    bodies = [bytes(body) for body in Event.objects.order_by("idx").values_list("body", flat=True)]
    head = queries.head()
    assert [json.loads(body)["idx"] for body in bodies] == list(range(21))
    assert head.root_sha256 == root([leaf_hash(body, sha256) for body in bodies], sha256).hex()
    assert head.root_sm3 == root([leaf_hash(body, sm3) for body in bodies], sm3).hex()


@pytest.mark.django_db
def test_the_body_has_every_field_and_no_name_or_free_text():
    with on_request(request_id="r-1", client={"ip_hash": "ab"}):
        histories(1, 1)
    data = bytes(Event.objects.get().body)
    body = json.loads(data)
    assert set(body) == {
        "v",
        "log",
        "idx",
        "type",
        "at",
        "occurred_at",
        "actor",
        "actor_role",
        "agency",
        "object",
        "after",
        "commits",
        "doc_hashes",
        "reason_code",
        "request_id",
        "client",
        "key_epoch",
    }
    assert body["object"] == {"type": "case", "id": "2021-0001", "version": 1}
    assert body["occurred_at"] == "2021-03-02T01:30:00.000Z"
    assert (body["request_id"], body["client"]) == ("r-1", {"ip_hash": "ab"})
    assert {c["field"] for c in body["commits"]} == {
        "case:2021-0001#party",
        "case:2021-0001#party_name",
        "case:2021-0001#violation",
        "act:2021-0001/1#words",
    }
    for secret in ("张某", "占道", "无异议"):
        assert secret.encode() not in data


@pytest.mark.django_db
def test_a_natural_key_in_chinese_is_percent_encoded_in_the_entry():
    owner = organ("区城管委")
    with writing() as unit:
        unit.log(type="organ_made", actor=CLERK, agency="1", rows=[owner])
    assert queries.last_event("organ:区城管委").idx == 0
    assert Event.objects.get().object == "organ:%E5%8C%BA%E5%9F%8E%E7%AE%A1%E5%A7%94"


@pytest.mark.django_db
def test_ten_thousand_entries_in_one_unit_are_contiguous_in_few_statements(django_assert_max_num_queries):
    one = case(1, organ())
    one.save()
    with django_assert_max_num_queries(250), writing() as unit:
        for seq in range(1, 10_002):
            unit.log(type="act_recorded", actor=CLERK, agency="1", rows=[act(one, seq)])
    assert Head.objects.get(log="case").size == queries.event_count() == 10_001


WRITER = """
import os, sys, django
django.setup()
from django.conf import settings
from yifa.ledger.actions import writing
from yifa.ledger.tests.factories import CLERK, organ
for _ in range(40):
    with writing() as unit:
        unit.log(type="beat", actor=CLERK, agency="1", rows=[organ()])
"""


def test_three_processes_appending_at_once_leave_no_gap(tmp_path, monkeypatch):
    monkeypatch.setenv("YIFA_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], check=True)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER]) for _ in range(3)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    database = sqlite3.connect(tmp_path / "yifa.sqlite3")
    assert [row[0] for row in database.execute("SELECT idx FROM ledger_event ORDER BY idx")] == list(
        range(120)
    )
    assert database.execute("SELECT size FROM ledger_head").fetchone() == (120,)
    database.close()
