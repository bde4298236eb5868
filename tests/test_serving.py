"""`yifa serve`, as a person types it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

YIFA = [sys.executable, "-m", "yifa"]
SERVE = [*YIFA, "serve"]
SIGNED = """
import django; django.setup()
from yifa.site.cli.installation import open_database; open_database()
from yifa.casework.cases.tests import factories as make
from yifa.ledger.checkpoints import sign
make.case_with(make.lead()); sign()
"""


BROKEN = """
import django; django.setup()
from django.test import Client
from yifa.site import views
views.front = lambda request: 1 / 0
browser = Client(raise_request_exception=False, headers={"host": "localhost"})
assert browser.get("/no-such-page/").status_code == 404
assert browser.post("/", {"party": "张三"}).status_code == 500
"""


def environment(tmp_path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "YIFA_HOME": str(tmp_path)}


def refused(tmp_path, *arguments: str, command: str = "serve", code: int = 2) -> str:
    """stderr of a command that must end with this exit code."""
    done = subprocess.run(
        [*YIFA, command, *arguments],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stderr


def test_a_port_in_use_is_named_and_another_is_offered(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        lines = refused(tmp_path, "--port", str(port)).splitlines()
    assert len(lines) == 1
    assert str(port) in lines[0]
    assert "--port" in lines[0]


def test_a_port_that_is_no_port_is_refused(tmp_path):
    assert "70000" in refused(tmp_path, "--port", "70000")
    assert "http" in refused(tmp_path, "--port", "http")


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_database_older_than_the_head_signed_last_is_not_served(tmp_path, command):
    made = {**environment(tmp_path), "DJANGO_SETTINGS_MODULE": "yifa.site.settings"}
    subprocess.run([sys.executable, "-c", SIGNED], env=made, check=True, timeout=120)
    for file in tmp_path.glob("yifa.sqlite3*"):
        file.unlink()
    assert (tmp_path / "keys" / "last-head-case.json").exists()
    (line,) = refused(tmp_path, command=command, code=1).splitlines()
    assert "不能启动" in line and "比最后一次签名的日志头旧" in line


def test_an_error_leaves_its_traceback_on_stderr_and_nothing_of_what_was_sent(tmp_path):
    made = {**environment(tmp_path), "DJANGO_SETTINGS_MODULE": "yifa.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", BROKEN], env=made, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" in done.stderr and "ZeroDivisionError" in done.stderr
    assert "张三" not in done.stderr and "no-such-page" not in done.stderr


def answer(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


def test_the_printed_address_answers_and_ctrl_c_ends_it(tmp_path):
    process = subprocess.Popen(
        [*SERVE, "--port", "0"],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline()
        address = line.split("：", 1)[1].split()[0]
        end = time.monotonic() + 30
        while True:
            try:
                status = answer(address)
                break
            except (urllib.error.URLError, ConnectionError):
                assert time.monotonic() < end, "the printed address does not answer"
                time.sleep(0.1)
        assert status < 500
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()
