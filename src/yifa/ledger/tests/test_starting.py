"""The check at the start: a rolled-back database does not start, a damaged log starts read-only and says where."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make
from yifa.ledger import boot, clock, mode, protection
from yifa.ledger.boot import check_at_start
from yifa.ledger.checkpoints import RolledBack, sign
from yifa.ledger.models import Event, Head

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(tmp_path, settings):
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    for number in range(3):
        make.case_with(make.lead(), number=f"示{number}")


@pytest.fixture
def unprotected():
    with connection.schema_editor() as editor:
        protection.switch_off(editor)
    yield
    with connection.schema_editor() as editor:
        protection.switch_on(editor)


def test_a_log_that_agrees_starts_and_lifts_what_an_earlier_start_found():
    mode.set_reason("旧的问题")
    assert check_at_start() == "" and mode.reason() == ""
    sign()
    assert check_at_start() == ""


def test_a_database_older_than_the_head_signed_last_does_not_start(unprotected):
    sign()
    last = Event.objects.order_by("-idx").first()
    Event.objects.filter(pk=last.pk).delete()
    Head.objects.update(size=last.idx)
    with pytest.raises(RolledBack, match="比最后一次签名的日志头旧"):
        check_at_start()


def test_a_clock_before_the_latest_entry_starts_read_only(monkeypatch):
    last = clock.now()
    monkeypatch.setattr(clock, "now", lambda: last - timedelta(hours=1))
    assert "服务器时钟早于日志最后一条记录的时间" in check_at_start() and "暂停写入" in mode.reason()
    monkeypatch.setattr(clock, "now", lambda: last)
    assert check_at_start() == "" and mode.reason() == ""


def test_a_day_fixed_by_hand_before_the_latest_entry_is_no_clock_gone_wrong(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2001-01-01")
    assert clock.is_fixed() and check_at_start() == ""


def test_a_clock_that_jumps_back_more_than_five_seconds_stops_writing_until_it_has_caught_up(monkeypatch):
    at, before = datetime(2100, 1, 1, tzinfo=UTC), Case.objects.count()
    monkeypatch.setattr(clock, "_latest", at)
    for back, refused in ((5, False), (6, True), (3600, True), (0, False)):
        monkeypatch.setattr(clock, "real", lambda back=back: at - timedelta(seconds=back))
        if refused:
            with pytest.raises(mode.IntegrityBroken, match=f"时钟倒退了 {back} 秒"):
                make.case_with(make.lead(), number=f"退{back}")
        else:
            make.case_with(make.lead(), number=f"退{back}")
    assert Case.objects.count() == before + 2


@pytest.mark.parametrize("signed", [True, False])
def test_a_changed_entry_is_named_and_nothing_is_written_until_it_is_mended(unprotected, signed):
    if signed:
        sign()
    entry = Event.objects.get(idx=1)
    body = json.loads(bytes(entry.body))
    Event.objects.filter(pk=entry.pk).update(body=json.dumps({**body, "type": "forged"}).encode())
    assert "第 1 条" in check_at_start() and "暂停写入" in mode.reason()
    before = Case.objects.count()
    with pytest.raises(mode.IntegrityBroken, match="第 1 条"):
        make.case_with(make.lead(), number="不该有")
    assert Case.objects.count() == before
    Event.objects.filter(pk=entry.pk).update(body=bytes(entry.body))
    assert check_at_start() == ""
    make.case_with(make.lead(), number="又可以写")


def test_a_missing_entry_and_a_damaged_head_are_told(unprotected):
    Event.objects.filter(idx=2).delete()
    assert "缺第 2 条" in check_at_start()


def test_a_head_row_that_was_edited_is_told(unprotected):
    Head.objects.update(frontier_sha256=["00" * 32] * 2)
    assert check_at_start() != ""


def test_head_and_entries_are_read_as_at_one_moment():
    """What others record between the two would look like a fault, and stop everybody's writing."""
    at_once = []

    def look(execute, sql, params, many, context):
        if "ledger_" in sql:
            sqlite = connection.vendor == "sqlite"
            at_once.append(connection.connection.in_transaction if sqlite else connection.in_atomic_block)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        assert boot._latest("case") == ""
    assert len(at_once) >= 2 and all(at_once)
