"""How fast this machine is just now: an empty view of Django on granian (bare.py), and bare durable commits.

Open Zaak was measured on a machine whose granian gave 7,600 to 9,330 empty views a second, and whose disk took 2,350
commits of SQLite. Beside that a reader sees what the machine of this run had to give while the product was measured.
"""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.served import Served, Server, answered
from yifa.site.scheduling import THREADS, processes

THERE = 7600
"""Empty views a second on the machine of the quoted figures, the lowest seen there: the correction is the smallest it can be."""
COMMITS_THERE = 2350
ASKED, COMMITS = 1000, 200


@contextmanager
def bare() -> Iterator[Server]:
    """granian as `yifa serve` starts it, with an empty view behind it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {
        "interface": "wsgi",
        "host": "127.0.0.1",
        "port": port,
        "workers": processes(),
        "blocking-threads": THREADS,
    }
    words = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, "--no-log", "bench.bare:application"]
    )
    try:
        answered(f"http://127.0.0.1:{port}/").close()
        yield Server(port, "", "", process.pid)
    finally:
        process.terminate()
        process.wait(60)


def answers(at: Server, clients: int) -> Served:
    """Empty views a second, asked by as many clients as ask the product."""
    return at.ask([at.get("/")] * ASKED * clients, clients=clients, status=200)


def commits(folder: Path) -> float:
    """Commits a second of one row each, on the disk when they return, with nothing around them."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as name,
        closing(sqlite3.connect(f"{name}/bare.sqlite3", isolation_level=None)) as database,
    ):
        database.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (text TEXT)"
        )
        begun = time.perf_counter()
        for number in range(COMMITS):
            database.execute("INSERT INTO row VALUES (?)", (str(number),))
        return COMMITS / (time.perf_counter() - begun)
