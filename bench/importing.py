"""Importing 10,000 acts: time and peak memory of the process, beside openpyxl reading the same file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import openpyxl

SHEETS = ("人员", "专项行动", "案件", "办案记录")
READ = "import openpyxl,sys\nfor s in openpyxl.load_workbook(sys.argv[1],read_only=True):\n for r in s.iter_rows(values_only=True): pass"


@dataclass(frozen=True)
class Spent:
    """Wall-clock seconds and peak resident memory in MiB of one process."""

    seconds: float
    peak_mib: float


def workbook_of(acts: int, sample: Path, target: Path) -> int:
    """A workbook of about `acts` acts: whole cases of the sample, repeated under new numbers. Returns the acts."""
    book = openpyxl.load_workbook(sample, read_only=True)
    tables = {name: [list(row) for row in book[name].iter_rows(values_only=True)] for name in SHEETS}
    by_case: dict[str, list[list]] = {}
    for row in tables["办案记录"][1:]:
        by_case.setdefault(row[0], []).append(row)
    cases, records = tables["案件"][:1], tables["办案记录"][:1]
    for turn in range(1 + acts // max(1, len(tables["办案记录"]) - 1)):
        for case in tables["案件"][1:]:
            if len(records) > acts:
                break
            number = f"{case[0]}#{turn}"
            cases.append([number, *case[1:]])
            records += [[number, *row[1:]] for row in by_case.get(case[0], [])]
    written = openpyxl.Workbook(write_only=True)
    for name, rows in {**tables, "案件": cases, "办案记录": records}.items():
        sheet = written.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written.save(target)
    return len(records) - 1


def spent_by(
    command: list[str], env: dict[str, str], report: Path, *, allowed: tuple[int, ...] = (0,)
) -> Spent:
    """Run to the end; stdout goes to `report`. Raises RuntimeError on an exit code that is not `allowed`."""
    with open(report, "wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise RuntimeError(
            f"{command}: exit {process.returncode}\n{report.read_text(encoding='utf-8')[:2000]}"
        )
    return Spent(seconds, usage.ru_maxrss / 1024)


def measure(sample: Path, folder: Path, acts: int = 10_000) -> tuple[int, Spent, Spent]:
    """(acts imported, `yifa import`, the floor: reading alone)."""
    book = folder / "acts.xlsx"
    count = workbook_of(acts, sample, book)
    own = {"YIFA_HOME": str(folder / "import"), "YIFA_TERRITORY": "120199"}
    env = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "yifa.site.settings"}
    env.pop("DATABASE_URL", None)
    imported = spent_by(
        [sys.executable, "-m", "yifa", "import", str(book), "--json"], env, folder / "import.json"
    )
    answer = json.loads((folder / "import.json").read_text(encoding="utf-8"))
    assert answer["imported"]["办案记录"]["new"] == count, answer["imported"]
    read = spent_by([sys.executable, "-c", READ, str(book)], env, folder / "read.txt")
    return count, imported, read
