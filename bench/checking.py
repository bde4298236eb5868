"""`yifa check --all` on the seeded cases: time and peak memory, beside reading the same rows with the driver alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.importing import Spent, spent_by

READ = """import os,sys
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for table in ("cases_case", "cases_act"):
        cursor.execute(f"SELECT * FROM {table}")
        while cursor.fetchmany(2000): pass
"""


def measure(folder: Path) -> tuple[Spent, Spent]:
    """(`yifa check --all --json`, the floor: every row of cases and acts fetched once). Exit 1 is an answer too."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "yifa.site.settings"}
    command = [sys.executable, "-m", "yifa", "check", "--all", "--json"]
    checked = spent_by(command, env, folder / "checked.json", allowed=(0, 1))
    return checked, spent_by([sys.executable, "-c", READ], env, folder / "rows.txt")
