"""An installation as a town has one: a home with the sample year, served, stopped, and served again on a later day."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 90


@dataclass(frozen=True)
class Site:
    """A running installation: its address, the log-ins `yifa demo` printed, by role, and where its files lie."""

    address: str
    printed: str
    home: Path = Path()

    def login_of(self, role: str) -> tuple[str, str]:
        """Name and password of the log-in printed for a role (承办, 法制审核 …)."""
        for line in self.printed.splitlines():
            words = re.findall(r"[^\s|：:，,、/（）()]+", line)
            if words[:1] == [role]:
                latin = [word for word in words if word.isascii()]
                return latin[0], latin[1]
        raise AssertionError(f"yifa demo printed no log-in for {role}:\n{self.printed}")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "yifa", *arguments]


def environment(home: Path, day: str = "") -> dict[str, str]:
    """Ours without its Yifa settings; `day` fixes the server's date."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key == "YIFA_TODAY_SHIFT" or not key.startswith("YIFA_") and key != "DATABASE_URL"
    }
    return {**kept, "YIFA_HOME": str(home), **({"YIFA_TODAY": day} if day else {})}


def demo(home: Path, day: str = "") -> str:
    """`yifa demo` in a home of its own; what it printed."""
    loaded = subprocess.run(
        command("demo"),
        cwd=ROOT,
        env=environment(home, day),
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    return loaded.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen) -> None:
    """Return when the server answers; fail with its output when it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address + "login/", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    process.kill()
    raise AssertionError(f"yifa serve does not answer at {address}: {process.communicate()[0]}")


class Installation:
    """A home that is served on one address, on the day it was last told: weeks pass between two starts."""

    def __init__(self, home: Path, printed: str) -> None:
        self.home, self.port = home, free_port()
        self.site = Site(f"http://127.0.0.1:{self.port}/", printed, home)
        self.process: subprocess.Popen | None = None

    def on(self, day: str) -> None:
        """Serve on this day (`2025-03-03`; empty: today), ending what ran before."""
        self.stop()
        self.process = subprocess.Popen(
            command("serve", "--port", str(self.port)),
            cwd=ROOT,
            env=environment(self.home, day),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.site.address, self.process)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process = None
