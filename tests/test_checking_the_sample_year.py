"""`yifa check --all` as a person types it: any number of processes gives the same answer, and nothing is changed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the sample year."""
    folder = tmp_path_factory.mktemp("home")
    done = yifa(folder, "demo", "--today", "2021-12-31")
    assert done.returncode == 0, done.stderr
    return folder


def environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "YIFA_HOME": str(home)}


def yifa(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "yifa", *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def answer(home: Path, *options: str) -> dict[str, Any]:
    done = yifa(home, "check", "--all", "--at", "2022-06-30", "--json", *options)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def digest(home: Path) -> str:
    return hashlib.sha256((home / "yifa.sqlite3").read_bytes()).hexdigest()


def test_two_processes_say_what_one_says(home: Path) -> None:
    alone = answer(home, "--processes", "1")
    assert answer(home, "--processes", "2") == alone
    assert alone["cases"] > 100 and alone["unreadable"] == 0


def test_a_process_that_checks_cannot_write(home: Path) -> None:
    """The connection itself refuses, whatever the code above it would like to do."""
    script = (
        "from yifa.site.rechecking.slices import open_to_read; open_to_read()\n"
        "from yifa.casework.cases.models import Case; Case.objects.update(blocks=9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**environment(home), "DJANGO_SETTINGS_MODULE": "yifa.site.settings"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0 and "readonly" in done.stderr


def test_the_database_is_the_same_afterwards(home: Path) -> None:
    before = digest(home)
    assert answer(home)["cases"] > 100
    assert digest(home) == before


def test_the_answer_is_an_exit_code_and_a_line_for_each_rule(home: Path) -> None:
    done = yifa(home, "check", "--all", "--year", "1999")
    assert (done.returncode, done.stderr) == (0, "")
    assert "共检查0件" in done.stdout
