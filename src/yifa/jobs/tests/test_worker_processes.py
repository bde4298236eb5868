"""Real workers in real processes: killed in the middle, two at once, stopped, orphaned."""

from __future__ import annotations

import json
import os
import signal
import subprocess

import pytest

from yifa.jobs.tests.installation import Installation, installed, until

# On PostgreSQL too: each test makes a database of its own there.
pytestmark = pytest.mark.django_db


@pytest.fixture
def here(tmp_path) -> Installation:
    with installed(tmp_path) as installation:
        yield installation


def test_a_worker_killed_in_the_middle_leaves_one_effect_and_meanwhile_progress_is_seen(here):
    here.run("ask", "test_slow", "1")
    worker = here.start()
    job = here.tell()["jobs"][0]["id"]
    file = here.home / "jobs" / str(job) / "progress"
    until(lambda: file.exists() and json.loads(file.read_text())["done"] >= 3)
    assert "/ 600 步" in json.loads(file.read_text())["words"]
    worker.kill()
    worker.wait()
    assert f"effect {job}" not in here.tell()["runs"], "the transaction went with the worker"
    here.start()
    until(lambda: here.states() == ["done"])
    told = here.tell()
    assert told["jobs"][0]["attempts"] == 2
    assert told["runs"].count(f"effect {job}") == 1
    assert here.effects() == ["started", "started"]


def test_two_workers_run_fifty_jobs_each_once(here):
    here.run("ask", "test_count", "50")
    here.start(), here.start()
    until(lambda: set(here.states()) == {"done"})
    jobs = here.tell()["jobs"]
    assert sorted(map(int, here.effects())) == [job["id"] for job in jobs]
    assert len(jobs) == 50 and {job["attempts"] for job in jobs} == {1}


def test_a_worker_asked_to_end_puts_its_job_back_untouched(here):
    here.run("ask", "test_slow", "1")
    worker = here.start()
    until(lambda: here.effects() == ["started"])
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    told = here.tell()["jobs"][0]
    assert (told["state"], told["attempts"]) == ("waiting", 0)


def workers_of(pid: int) -> list[int]:
    """Process ids of the `yifa work` that belong to this supervisor."""
    wanted = f"work\0--parent\0{pid}\0"
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/cmdline") as file:
                    line = file.read()
                with open(f"/proc/{name}/stat") as file:
                    dead = file.read().rpartition(")")[2].split()[0] == "Z"
            except OSError:
                continue
            if line.endswith(wanted) and not dead:
                found.append(int(name))
    return found


def served(here: Installation) -> subprocess.Popen:
    web = here.start("yifa", "serve", "--port", "0")
    beat = here.home / "jobs" / "heartbeat"
    until(beat.exists)
    return web


def test_serve_restarts_a_dead_worker_and_takes_it_along(here):
    web = served(here)
    (first,) = workers_of(web.pid)
    os.kill(first, signal.SIGKILL)
    until(lambda: workers_of(web.pid) not in ([], [first]))
    here.run("ask", "recheck_open_cases", "1")
    until(lambda: here.states() == ["done"])
    assert here.tell()["jobs"][0]["words"] == "已核对 0 件在办案件，0 件的核查结果有变化。"
    web.send_signal(signal.SIGTERM)
    assert web.wait(20) == 0
    assert workers_of(web.pid) == []


def test_no_worker_outlives_a_serve_that_was_killed(here):
    web = served(here)
    assert workers_of(web.pid)
    web.kill()
    web.wait()
    until(lambda: workers_of(web.pid) == [], 15)


@pytest.mark.slow
def test_a_worker_outlives_a_database_that_goes_away(here):
    here.run("ask", "test_count", "1")
    worker = here.start()
    until(lambda: here.states() == ["done"])
    with here.database_away():
        pass
    here.run("ask", "test_count", "2")
    until(lambda: here.states() == ["done", "done"])
    assert worker.poll() is None
    assert "等它恢复" in here.said()
