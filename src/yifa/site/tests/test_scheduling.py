"""The web processes are told to the kernel as what they are: on SQLite they compute, on PostgreSQL they wait for answers."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASK = "import os, yifa.site.wsgi; print(os.sched_getscheduler(0))"


@pytest.mark.parametrize(
    ("address", "policy"),
    [("", os.SCHED_BATCH), ("postgresql://yifa@127.0.0.1:1/nowhere", os.SCHED_OTHER)],
)
def test_a_web_process_runs_on_where_its_database_is_in_itself(tmp_path, address, policy):
    here = {**os.environ, "YIFA_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "yifa.site.settings"}
    here.pop("DATABASE_URL", None)
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**here, **({"DATABASE_URL": address} if address else {})},
        preexec_fn=lambda: os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0)),
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.strip() == str(policy)
