"""Whoever writes into the database behind the product's back is named: log index, case, act, column."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.db import connection

from yifa.law.labels import label
from yifa.ledger import protection, queries
from yifa.ledger.actions import writing
from yifa.ledger.models import Event, Head
from yifa.ledger.tests.factories import CLERK, act, case, histories, organ
from yifa.ledger.verify import Verification
from yifa.site.cli.main import run
from yifa.site.cli.verify import sentence

pytestmark = pytest.mark.django_db
Act = apps.get_model("cases", "Act")
Case = apps.get_model("cases", "Case")


@pytest.fixture(autouse=True)
def keys(tmp_path, settings) -> None:
    """No head signed by the installation these tests run in."""
    settings.KEYS = tmp_path / "keys"


def faults(organ: str = "") -> list[str]:
    return [sentence(fault) for fault in Verification(organ=organ).faults()]


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def unprotected():
    """What a database administrator does first."""
    with connection.cursor() as cursor:
        names = {"sqlite": protection.SQLITE_OFF, "postgresql": protection.POSTGRESQL_OFF}[connection.vendor]
        for statement in names:
            cursor.execute(statement)


def test_a_changed_byte_of_a_stored_act_is_named():
    histories(3, 4)
    sql(
        "UPDATE cases_act SET data = %s WHERE case_id = '2021-0002' AND seq = 3",
        json.dumps({"place": "南关大街", "pages": 4}),
    )
    name = label("event_kind", "prior_notice_served")
    assert faults() == [f"第 6 条：案件 2021-0002 第 3 步〈{name}〉 与日志记录不一致（列 data）"]


LEGAL_CHANGES = [
    ("at", "at = '2020-01-01 00:00:00+00:00'"),
    ("kind", "kind = 'lead_received'"),
    ("by", '"by" = \'["9"]\''),
    ("entered_by", "entered_by = 'x'"),
    ("words", 'words = \'{"note": "改"}\''),
    ("version", "version = 9"),
    ("words", 'salts = \'{"words": "00"}\''),
]


@pytest.mark.parametrize(("column", "change"), LEGAL_CHANGES)
def test_every_kind_of_change_to_an_act_names_its_column(column, change):
    histories(1, 2)
    sql(f"UPDATE cases_act SET {change} WHERE seq = 2")
    (only,) = faults()
    assert only.startswith("第 1 条：案件 2021-0001 第 2 步〈")
    assert f"（列 {column}）" in only


UNREADABLE = ["data = '{\"pages'", "data = CAST(x'ff' AS TEXT)"]


@pytest.mark.parametrize("damage", [*UNREADABLE, "data = '{\"pages\": 1.5}'", "salts = '{}'"])
def test_a_row_that_can_no_longer_be_read_is_named_and_the_others_are_still_checked(damage):
    histories(2, 2)
    if connection.vendor == "sqlite":
        sql("PRAGMA ignore_check_constraints = ON")
    elif damage in UNREADABLE:
        damage = "data = '{}'"
    sql(f"UPDATE cases_act SET {damage} WHERE case_id = '2021-0001' AND seq = 2")
    sql("UPDATE cases_act SET kind = 'x' WHERE case_id = '2021-0002' AND seq = 1")
    first, second = faults()
    assert first.startswith("第 1 条：案件 2021-0001 第 2 步")
    assert first.endswith("（列 words）" if "salts" in damage else "（列 data）")
    assert "2021-0002 第 1 步" in second


def test_a_deleted_act_is_named_by_the_entry_that_recorded_it():
    histories(2, 2)
    sql("DELETE FROM cases_act WHERE case_id = '2021-0002' AND seq = 1")
    assert faults() == ["第 2 条：案件 2021-0002 第 1 步 日志有记录，库中没有这一行"]


def test_an_act_slipped_in_without_an_entry_is_named():
    (one,) = histories(1, 1)
    act(one, 2).save()
    assert [text.split(" ", 1)[1] for text in faults()][0].startswith("2021-0001 第 2 步")
    assert "日志没有记录" in faults()[0]


def test_a_changed_case_row_is_named_by_its_latest_entry():
    histories(1, 3)
    sql("UPDATE cases_case SET fine_fen = 100")
    assert faults() == ["第 2 条：案件 2021-0001 与日志记录不一致（列 fine_fen）"]


def test_a_changed_entry_is_named_with_case_and_act(unprotected):
    histories(2, 2)
    event = Event.objects.get(idx=2)
    Event.objects.filter(idx=2).update(body=bytes(event.body).replace(b"user:7", b"user:8"))
    found = faults()
    assert found[0].startswith("第 2 条：案件 2021-0002 第 1 步〈")
    assert "叶哈希不一致" in found[0]
    assert sum("树根与日志头不一致" in text for text in found) == 2


def test_an_entry_rewritten_together_with_its_leaves_still_breaks_both_roots(unprotected):
    histories(1, 3)
    from yifa.proof.merkle import leaf_hash, sha256, sm3

    body = bytes(Event.objects.get(idx=1).body).replace(b"user:7", b"user:8")
    Event.objects.filter(idx=1).update(
        body=body, leaf_sha256=leaf_hash(body, sha256), leaf_sm3=leaf_hash(body, sm3)
    )
    assert [text.split(" ")[0] for text in faults()] == ["SHA-256", "SM3"]


def test_a_removed_entry_is_a_gap(unprotected):
    histories(1, 3)
    sql("DELETE FROM ledger_event WHERE idx = 1")
    assert faults()[0].startswith("第 2 条：案件 2021-0001 第 3 步〈")
    assert "此处应为第 1 条" in faults()[0]


def test_an_entry_put_before_the_first_is_named():
    histories(1, 2)
    Event.objects.bulk_create(
        [Event(log="case", idx=-1, body=b"{}", leaf_sha256=b"", leaf_sm3=b"", object="case:x")]
    )
    assert faults()[0].startswith("第 -1 条")


def test_a_cut_off_end_is_seen_by_the_head(unprotected):
    histories(1, 3)
    sql("DELETE FROM ledger_event WHERE idx = 2")
    assert faults()[0] == "第 2 条：日志头记 3 条，实有 2 条"


def test_a_damaged_head_is_named_without_a_traceback():
    histories(1, 3)
    Head.objects.update(frontier_sm3=["zz"])
    assert len(faults()) == 1
    assert "日志头已损坏" in faults()[0]


def test_a_lawful_correction_leaves_nothing_to_report():
    (one,) = histories(1, 2)
    with writing() as unit:
        one.stage, one.version = "closed", 3
        one.save()
        unit.log(type="case_corrected", actor=CLERK, agency="120115", rows=[one])
    assert faults() == []


def test_rows_beyond_one_chunk_are_all_checked():
    owner = organ()
    with writing() as unit:
        one = case(1, owner)
        acts = [act(one, seq) for seq in range(1, 2502)]
        for each in acts:
            unit.log(type="act_recorded", actor=CLERK, agency="1", rows=[one, each])
        one.save()
        Act.objects.bulk_create(acts)
    result = Verification()
    assert list(result.faults()) == []
    assert (result.events, result.rows) == (2501, {"case": 1, "act": 2501})
    sql("UPDATE cases_act SET kind = 'x' WHERE seq = 2400")
    assert [fault.idx for fault in Verification().faults()] == [2399]


def test_an_organ_is_checked_by_itself():
    histories(1, 1)
    sql("UPDATE cases_act SET kind = 'x'")
    organ("other")
    assert faults("other") == []
    assert len(faults("120115")) == 1


def test_the_badge_of_a_case_counts_matching_rows():
    histories(2, 3)
    assert queries.case_badge("2021-0001") == (4, 4)
    sql("UPDATE cases_act SET kind = 'x' WHERE case_id = '2021-0001' AND seq = 1")
    sql("DELETE FROM cases_act WHERE case_id = '2021-0001' AND seq = 2")
    assert queries.case_badge("2021-0001") == (2, 4)
    assert queries.case_badge("2021-0002") == (4, 4)
    assert queries.case_badge("2021-9999") == (0, 0)


def test_the_command_answers_no_with_one_and_yes_with_zero(capsys):
    assert run(["verify", "log"]) == 0
    histories(1, 2)
    assert run(["verify", "log", "--json"]) == 0
    sql("UPDATE cases_act SET kind = 'x' WHERE seq = 2")
    capsys.readouterr()
    assert run(["verify", "log", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["events"], answer["fault_count"]) == (False, 2, 1)
    assert answer["faults"][0]["row"] == "act:2021-0001/2"
    assert answer["root_sha256"] == queries.head().root_sha256
    assert run(["verify", "log"]) == 1
    assert "第 1 条：案件 2021-0001 第 2 步" in capsys.readouterr().out
