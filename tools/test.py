"""`make test`: everything on SQLite, what touches the database on PostgreSQL, journeys in Chromium.

Prints pytest's own closing lines and, last, what ran on what. Arguments go to every pytest run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from testenv import debian, found, postgres

ROOT = Path(__file__).resolve().parent.parent
WORKERS = ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadfile"]


def pytest(arguments: list[str], env: dict[str, str]) -> int:
    """One run in a home of its own; returns pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="yifa-test-", ignore_cleanup_errors=True) as home:
        command = [sys.executable, "-m", "pytest", *arguments]
        print("$ pytest", *arguments, flush=True)
        return subprocess.run(
            command, cwd=ROOT, env={**clean_environment(), **env, "YIFA_HOME": home}
        ).returncode


def clean_environment() -> dict[str, str]:
    """The caller's environment without what would change the product under test."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("YIFA_") and key != "DATABASE_URL"
    }


def everything(extra: list[str], marks: str, office: dict[str, str]) -> dict[str, int]:
    """All three parts, even after a failure; returns the exit code of each. `office`: where LibreOffice is, in the full run."""
    results = {"SQLite": pytest([*WORKERS, "-m", f"not journey{marks}", *extra], office)}
    binaries = found.postgres_bin()
    with postgres.server(binaries) as url:
        results["PostgreSQL"] = pytest(
            [*WORKERS, "-m", f"not journey{marks}", "--database-only", *extra],
            {"DATABASE_URL": url, **office},
        )
    browser = {"YIFA_CHROMIUM": str(found.chromium())}
    results["Chromium"] = pytest([*WORKERS, "-m", f"journey{marks}", "tests/journeys", *extra], browser)
    return results


def version(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def described() -> dict[str, str]:
    sqlite = version([sys.executable, "-c", "import sqlite3; print(sqlite3.sqlite_version)"])
    return {
        "SQLite": f"all tests on SQLite {sqlite}",
        "PostgreSQL": f"database tests on {version([str(found.postgres_bin() / 'postgres'), '--version'])}",
        "Chromium": f"journeys in {version([str(found.chromium()), '--version'])}",
    }


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    full = "--full" in arguments
    extra = [item for item in arguments if item != "--full"]
    started = time.monotonic()
    try:
        debian.provide()
        office = {}
        if full:
            debian.provide_libreoffice()
            extra.append("--hypothesis-profile=wide")
            office = {"YIFA_SOFFICE": str(found.libreoffice())}
        print(
            f"Chromium {found.chromium()}; PostgreSQL {found.postgres_bin()}; font {found.cjk_font()}",
            flush=True,
        )
        results = everything(extra, "" if full else " and not slow", office)
    except debian.Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        return 130
    names = described()
    parts = [
        f"{names[part]}: {'passed' if code == 0 else f'FAILED (pytest exit {code})'}"
        for part, code in results.items()
    ]
    if full:
        parts.append(
            f"the test that opens every DOCX ran in {version([office['YIFA_SOFFICE'], '--version'])}"
        )
    print(f"{'; '.join(parts)}; {time.monotonic() - started:.0f} s")
    return max(results.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
