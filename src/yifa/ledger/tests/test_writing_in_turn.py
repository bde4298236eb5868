"""Writers of several processes come one after another, and nobody waits for a writer that was killed."""

import subprocess
import sys
import time

HOLD = """
import os, sys, time
os.environ["YIFA_HOME"] = sys.argv[1]
os.environ.pop("DATABASE_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "yifa.site.settings"
import django; django.setup()
from yifa.ledger.turn import in_turn
with in_turn():
    print("in", time.monotonic(), flush=True)
    time.sleep(float(sys.argv[2]))
    print("out", time.monotonic(), flush=True)
"""


def holder(home, seconds: float) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home), str(seconds)], stdout=subprocess.PIPE, text=True
    )


def test_nobody_waits_for_a_writer_that_was_killed(tmp_path):
    dead = holder(tmp_path, 600)
    assert dead.stdout.readline().startswith("in")
    dead.kill()
    dead.wait(10)
    after = holder(tmp_path, 0)
    assert after.communicate(timeout=60)[0].startswith("in")


def test_two_processes_never_hold_the_turn_at_once(tmp_path):
    running = [holder(tmp_path, 0.4) for _ in range(3)]
    spans = []
    for process in running:
        lines = process.communicate(timeout=60)[0].split()
        spans.append((float(lines[1]), float(lines[3])))
    spans.sort()
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False)), spans
    assert time.monotonic() >= spans[-1][1]


def test_who_waits_too_long_is_refused_as_by_a_locked_database(tmp_path):
    long = holder(tmp_path, 600)
    try:
        assert long.stdout.readline().startswith("in")
        impatient = HOLD.replace(
            "with in_turn():", "import yifa.ledger.turn as turn; turn.PATIENCE = 0.3\nwith in_turn():"
        )
        done = subprocess.run(
            [sys.executable, "-c", impatient, str(tmp_path), "0"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        long.kill()
        long.wait(10)
    assert done.returncode == 1
    assert "database is locked" in done.stderr
