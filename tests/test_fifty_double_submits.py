"""One form sent fifty times at the same moment to a served instance: one effect, forty-nine clear refusals.

On PostgreSQL too: each test makes a database of its own there.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from yifa.jobs.tests.installation import Installation, installed

pytestmark = pytest.mark.django_db
MANY = 50
PREPARED = """
import django; django.setup()
from yifa.site.cli.installation import open_database; open_database()
from django.contrib.sessions.models import Session
from yifa.casework.cases.tests import desk, factories as make
case = make.case_with(make.lead(), make.opening())
print(desk.login("0101").cookies["sessionid"].value, case.no)
"""
COUNTED = """
import django; django.setup()
from yifa.casework.cases.models import Act, Case
from yifa.ledger.queries import event_count
print(Case.objects.get().act_count, Act.objects.count(), event_count())
"""


@pytest.fixture
def here(tmp_path):
    with installed(tmp_path) as installation:
        yield installation


def run(here: Installation, script: str) -> list[str]:
    environment = {**here.env, "DJANGO_SETTINGS_MODULE": "yifa.site.settings", "YIFA_TODAY": "2021-08-20"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture
def address(here):
    """The installation served as a person would."""
    words = run(here, PREPARED)
    process = subprocess.Popen(
        [sys.executable, "-m", "yifa", "serve", "--port", "0"],
        env={**here.env, "YIFA_TODAY": "2021-08-20"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        line = process.stdout.readline()
        yield line.split("：", 1)[1].split()[0], *words
    finally:
        process.terminate()
        process.wait(20)


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer, not the page behind it."""

    def redirect_request(self, *_: object) -> None:
        return None


OPENER = urllib.request.build_opener(Stay)


def asked(url: str, cookies: str, data: bytes | None = None) -> tuple[int, str]:
    request = urllib.request.Request(url, data, {"Cookie": cookies, "Referer": url})
    try:
        with OPENER.open(request, timeout=120) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_fifty_submits_of_one_form_at_once_record_one_act(here, address):
    site, session, no = address
    url = f"{site}desk/cases/{no}/do/scene-recorded/"
    before = [int(one) for one in run(here, COUNTED)]
    token = "a" * 32
    cookies = f"sessionid={session}; csrftoken={token}"
    status, form = asked(url, cookies)
    assert status == 200
    typed = {
        "csrfmiddlewaretoken": token, "expected": re.search(r'name="expected" value="(\d+)"', form)[1],
        "at": "2021-08-20T00:00:00", "by": ["0101", "0102"], "certificate_shown": "yes", "signed": "yes",
    }  # fmt: skip
    data = urllib.parse.urlencode(typed, doseq=True).encode()
    start = threading.Barrier(MANY)

    def send(_: int) -> tuple[int, str]:
        start.wait()
        return asked(url, cookies, data)

    with ThreadPoolExecutor(MANY) as crowd:
        answers = list(crowd.map(send, range(MANY)))
    assert sorted(status for status, _ in answers) == [303, *[409] * (MANY - 1)], answers[0][1][:2000]
    assert all("这就是您刚才提交的记录" in text for status, text in answers if status == 409)
    after = [int(one) for one in run(here, COUNTED)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1, 1]
