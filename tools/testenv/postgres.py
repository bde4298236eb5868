"""A PostgreSQL of the tests' own: free port, temporary data, fsync on, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 60


def account() -> dict:
    """Whom to run as: PostgreSQL refuses root, so `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("neither the user postgres nor nobody exists")


class Cluster:
    """One server with its data, which can be stopped in any manner and started again on the same port."""

    def __init__(self, binaries: Path, home: Path, who: dict) -> None:
        self.binaries, self.home, self.who, self.port = binaries, home, who, _free_port()
        self.url = f"postgresql://yifa@127.0.0.1:{self.port}/postgres"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Raises RuntimeError where it does not start; one killed leaves children that must first notice it."""
        end = time.monotonic() + WAIT_SECONDS
        while True:
            self.process = _start(self.binaries, self.home, self.port, self.who)
            try:
                return _wait(self.binaries, self.port, self.process, self.home)
            except RuntimeError:
                if time.monotonic() > end or "still in use" not in (self.home / "log").read_text("utf-8"):
                    raise
                time.sleep(0.2)

    def stop(self) -> None:
        if self.process is not None:
            _stop(self.process)


@contextmanager
def cluster(binaries: Path) -> Iterator[Cluster]:
    """A running server. Stopped and removed on the way out, whatever happened."""
    who = account()
    home = Path(tempfile.mkdtemp(prefix="yifa-postgres-"))
    if who:
        os.chown(home, who["user"], who["group"])
    made = Cluster(binaries, home, who)
    try:
        _initialise(binaries, home, who)
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """A running server; yields its DATABASE_URL."""
    with cluster(binaries) as made:
        yield made.url


def _initialise(binaries: Path, home: Path, who: dict) -> None:
    command = [
        binaries / "initdb",
        "-D",
        home / "data",
        "-U",
        "yifa",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=home, **who)
    if done.returncode:
        raise RuntimeError(f"initdb: {done.stderr.strip()}")


def _start(binaries: Path, home: Path, port: int, who: dict) -> subprocess.Popen:
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": home, "fsync": "on"}
    options = [item for key, value in settings.items() for item in ("-c", f"{key}={value}")]
    with open(home / "log", "w", encoding="utf-8") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", home / "data", *options],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd=home,
            start_new_session=True,
            **who,
        )


def _wait(binaries: Path, port: int, process: subprocess.Popen, home: Path) -> None:
    end = time.monotonic() + WAIT_SECONDS
    ready = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start: " + (home / "log").read_text(encoding="utf-8")[-2000:])


def _stop(process: subprocess.Popen) -> None:
    """Fast shutdown; immediate, then kill, where that does not end it."""
    for number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
