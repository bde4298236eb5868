"""`/healthz` says what is wrong before people notice, and nothing that helps a stranger."""

from __future__ import annotations

import os
import shutil
import time
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from yifa.jobs import heartbeat
from yifa.ledger import clock, mode
from yifa.ledger.access import Seen, write
from yifa.ledger.actions import writing
from yifa.ledger.checkpoints import head_file, sign
from yifa.ledger.tests.factories import CLERK, histories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path, settings) -> None:
    settings.HOME, settings.KEYS, settings.DEMO_KEYS = tmp_path, tmp_path / "keys", False


@pytest.fixture(autouse=True)
def half_full(monkeypatch) -> None:
    disk_used(monkeypatch, 50)


def disk_used(monkeypatch, percent: int) -> None:
    usage = namedtuple("usage", "total used free")(1000, percent * 10, 1000 - percent * 10)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)


def health() -> tuple[int, dict]:
    answer = Client().get("/healthz")
    return answer.status_code, answer.json()


def test_a_database_that_does_not_answer_is_said_with_503():
    def refuse(*_: object) -> None:
        raise DatabaseError

    with connection.execute_wrapper(refuse):
        status, body = health()
    assert (status, body["ok"], body["database"]["ok"]) == (503, False, False)
    assert body["problems"] == ["数据库没有应答"]


def test_a_database_older_than_the_head_signed_last_is_said_with_503():
    before = transaction.savepoint()
    histories(1, 3)
    sign()
    transaction.savepoint_rollback(before)
    status, body = health()
    assert (status, body["head"]["state"]) == (503, "refused")
    assert body["problems"] == ["数据库比最后一次签名的日志头旧：库中 0 条，已签名 3 条"]


def test_a_damaged_head_file_is_said_without_its_path():
    histories(1, 3)
    sign()
    head_file("case").write_text("{")
    status, body = health()
    assert (status, body["head"]["state"]) == (503, "refused")
    assert str(head_file("case").parent) not in str(body)


@pytest.mark.parametrize(
    ("percent", "status", "state"),
    [
        (84, 200, "ok"),
        (85, 200, "warning"),
        (92, 200, "no_uploads"),
        (96, 200, "no_uploads"),
        (97, 503, "read_only"),
    ],
)
def test_the_disk_has_three_watermarks(monkeypatch, percent, status, state):
    disk_used(monkeypatch, percent)
    found, body = health()
    assert (found, body["disk"]) == (status, {"used_percent": percent, "state": state})
    assert (f"磁盘已用 {percent}%" in body["problems"] + body["warnings"]) == (percent >= 85)


def test_a_clock_behind_the_latest_entry_is_a_warning(monkeypatch):
    histories(1, 1)
    later = clock.now()
    monkeypatch.setattr(clock, "now", lambda: later - timedelta(days=1))
    body = health()[1]
    assert body["clock"]["behind"]
    assert any("时钟" in text for text in body["warnings"])


def test_a_grown_log_unsigned_for_a_day_is_a_warning(monkeypatch):
    (one,) = histories(1, 1)
    sign()
    tomorrow = clock.now() + timedelta(hours=25)
    assert health()[1]["head"]["state"] == "current"
    with writing() as unit:
        unit.log(type="case_corrected", actor=CLERK, agency="120115", rows=[one])
    assert (health()[1]["head"]["state"], health()[1]["warnings"]) == ("grown", [])
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    status, body = health()
    assert (status, body["head"]["state"]) == (200, "grown")
    assert body["head"]["age_seconds"] >= 25 * 3600
    assert any("24 小时" in text for text in body["warnings"])


@pytest.mark.django_db(transaction=True)
def test_the_access_log_has_a_head_of_its_own_which_can_be_refused_and_grow_old(monkeypatch):
    histories(1, 1)
    sign()
    assert health()[1]["access"]["state"] == "unsigned"
    write([Seen("viewed", "user:1", "case:2021-0001")])
    sign("access")
    found = health()[1]["access"]
    assert (found["size"], found["signed_size"], found["state"]) == (1, 1, "current")
    write([Seen("viewed", "user:2", "case:2021-0001")])
    tomorrow = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    status, body = health()
    assert (status, body["access"]["state"], body["head"]["state"]) == (200, "grown", "current")
    assert body["access"]["age_seconds"] >= 25 * 3600
    assert any("查阅记录的日志" in text and "/log/access/checkpoint" in text for text in body["warnings"])
    head_file("access").write_text("{")
    status, body = health()
    assert (status, body["access"]["state"], body["head"]["state"]) == (503, "refused", "current")
    assert body["problems"][0].startswith("查阅记录的日志：")


def test_keys_beside_the_database_are_called_a_demonstration(settings):
    settings.DEMO_KEYS = True
    body = health()[1]
    assert body["keys"]["demo"]
    assert any("演示设置" in text for text in body["warnings"])


def test_a_sound_installation_has_nothing_to_say(settings):
    assert health()[1]["head"]["state"] == "unsigned"
    histories(1, 2)
    sign()
    status, body = health()
    assert (status, body["ok"], body["problems"], body["warnings"]) == (200, True, [], [])
    assert (body["head"]["size"], body["head"]["signed_size"], body["head"]["state"]) == (2, 2, "current")
    assert [key.split("+")[0] for key in body["keys"]["verifiers"]] == [
        f"{settings.ORIGIN}/log/case",
        f"{settings.ORIGIN}/log/case/sm3",
    ]


def test_a_worker_that_stopped_is_a_warning_after_twenty_minutes():
    assert health()[1]["worker"] == {"state": "never", "age_seconds": None, "waiting": 0, "failed": 0}
    heartbeat.beat()
    assert health()[1]["worker"]["state"] == "running"
    for minutes, state in ((19, "running"), (21, "stopped")):
        moment = time.time() - minutes * 60
        os.utime(heartbeat.heartbeat_file(), (moment, moment))
        status, body = health()
        assert (status, body["worker"]["state"]) == (200, state)
        assert any("后台任务进程已停止：21 分钟" in text for text in body["warnings"]) == (state == "stopped")


def test_read_only_mode_is_said_with_503_and_without_the_reason():
    assert health()[1]["mode"] == "normal"
    mode.set_reason("日志第 7 条的内容与其叶哈希不一致")
    status, body = health()
    assert (status, body["mode"]) == (503, "read_only")
    assert any("只读" in text for text in body["problems"]) and "第 7 条" not in str(body)
