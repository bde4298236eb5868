"""An installation of a test's own, on the database the tests run on: SQLite in its home, or a new PostgreSQL database."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[4]


class Installation:
    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "YIFA_TODAY")}
        self.env = {**kept, "YIFA_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        if url:
            self.env["DATABASE_URL"] = url
        self.started: list[subprocess.Popen] = []

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "yifa.jobs.tests.process", *arguments]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *command: str) -> subprocess.Popen:
        """A process of ours, ended with the test. Default: a worker that knows the kinds of the tests."""
        command = command or ("yifa.jobs.tests.process", "work")
        with open(self.home / "said", "a") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=self.env,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def said(self) -> str:
        return (self.home / "said").read_text()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Straight from the database, as an outsider reads it."""
        if "DATABASE_URL" in self.env:
            with psycopg.connect(self.env["DATABASE_URL"], autocommit=True) as connection:
                return connection.execute(sql).fetchall()
        with closing(sqlite3.connect(self.home / "yifa.sqlite3")) as connection:
            return connection.execute(sql).fetchall()

    def tell(self) -> dict[str, Any]:
        columns = ("id", "state", "attempts", "words")
        jobs = self.query(f"SELECT {', '.join(columns)} FROM jobs_job ORDER BY id")
        runs = self.query("SELECT name FROM jobs_schedulerun")
        return {
            "jobs": [dict(zip(columns, job, strict=True)) for job in jobs],
            "runs": [name for (name,) in runs],
        }

    @contextmanager
    def database_away(self) -> Iterator[None]:
        """PostgreSQL ends every connection; SQLite is locked for longer than anybody waits for it."""
        if "DATABASE_URL" in self.env:
            self.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            yield
            return
        with closing(
            sqlite3.connect(self.home / "yifa.sqlite3", isolation_level=None, timeout=20)
        ) as connection:
            # something is due, so that the worker wants to write meanwhile: a tick in 5 s, then 20 s of waiting
            connection.execute(
                "UPDATE jobs_schedulerun SET taken_at = '2020-01-01 00:00:00' WHERE name = 'sign_the_head'"
            )
            connection.execute("BEGIN IMMEDIATE")
            yield
            time.sleep(28)
            connection.execute("ROLLBACK")

    def states(self) -> list[str]:
        return [job["state"] for job in self.tell()["jobs"]]

    def effects(self) -> list[str]:
        file = self.home / "effects"
        return file.read_text().splitlines() if file.exists() else []


@contextmanager
def installed(home: Path) -> Iterator[Installation]:
    with own_database() as url:
        here = Installation(home, url)
        try:
            yield here
        finally:
            for process in here.started:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # its children too: each has a session of its own
                process.wait()


@contextmanager
def own_database() -> Iterator[str]:
    """Empty for SQLite, which lies in the home."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"jobs_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield server.rsplit("/", 1)[0] + f"/{name}"
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def until(claim: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until it holds; AssertionError when it does not in time."""
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)
