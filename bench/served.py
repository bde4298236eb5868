"""`yifa serve` as a process of its own, and clients in processes of their own that ask it over HTTP."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

CLIENT = Path(__file__).parent / "client.py"
WARM_UP = 20


@dataclass(frozen=True)
class Served:
    """What clients saw: answers a second from the first request sent to the last answer read; times in ms.

    `cpu`: milliseconds of processor time the server spent on one answer, warm-up included. `connections`: made by all
    clients, one each where the server ended none.
    """

    rate: float
    p50: float
    p99: float
    answers: int
    cpu: float
    connections: int


@dataclass(frozen=True)
class Server:
    """A running server and one log-in with its CSRF token."""

    port: int
    cookie: str
    token: str
    pid: int

    def get(self, address: str) -> str:
        return self.request("GET", address, "")

    def post(self, address: str, form: Any) -> str:
        typed = urlencode({"csrfmiddlewaretoken": self.token, **form}, doseq=True)
        return self.request("POST", address, typed)

    def request(self, method: str, address: str, body: str) -> str:
        lines = [
            f"{method} {address} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Cookie: {self.cookie}; csrftoken={self.token}",
            "Accept: text/html",
        ]
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", body])

    def ask(self, requests: Sequence[str], *, clients: int, status: int, place: str = "") -> Served:
        """Send the requests, dealt to `clients` at once; every answer is checked (client.py)."""
        dealt = [list(requests[number::clients]) for number in range(clients)]
        job = {"host": "127.0.0.1", "port": self.port, "warm": WARM_UP, "status": status, "place": place}
        spent = processor_ms(self.pid)
        running = [begin({**job, "requests": share}) for share in dealt]
        for process in running:
            expect_ready(process)
        for process in running:
            process.stdin.write("go\n")
            process.stdin.flush()
        outcomes = [outcome(process) for process in running]
        return merged(outcomes, (processor_ms(self.pid) - spent) / len(requests))


def begin(job: dict[str, Any]) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, str(CLIENT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdin.write(json.dumps(job) + "\n")
    process.stdin.flush()
    return process


def expect_ready(process: subprocess.Popen) -> None:
    if process.stdout.readline().strip() != "ready":
        raise RuntimeError("a client got a wrong answer; see above")


def outcome(process: subprocess.Popen) -> dict[str, Any]:
    told = process.communicate()[0]
    if process.returncode:
        raise RuntimeError("a client got a wrong answer; see above")
    return json.loads(told)


def processor_ms(pid: int) -> float:
    """Processor time of a process and its children so far."""
    own = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = sum(int(part) for part in own[11:13])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return ticks * 1000 / os.sysconf("SC_CLK_TCK") + sum(processor_ms(int(child)) for child in children)


def merged(outcomes: list[dict[str, Any]], cpu: float) -> Served:
    times = sorted(second * 1000 for one in outcomes for second in one["seconds"])
    span = max(one["last"] for one in outcomes) - min(one["first"] for one in outcomes)
    p99 = statistics.quantiles(times, n=100)[98]
    made = sum(one["connections"] for one in outcomes)
    return Served(len(times) / span, statistics.median(times), p99, len(times), cpu, made)


@contextmanager
def server(cookie: str, today: str) -> Iterator[Server]:
    """`yifa serve` on a free port, on the day `today`, with the empty view of bench.settings beside its pages."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "YIFA_TODAY": today}
    process = subprocess.Popen(
        [sys.executable, "-m", "yifa", "serve", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True
    )
    try:
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        yield Server(port, cookie, csrf_token(port, cookie), process.pid)
    finally:
        process.terminate()
        process.wait(60)


def csrf_token(port: int, cookie: str) -> str:
    """The token the form of a new case sets; asked for until the server answers."""
    asked = Request(f"http://127.0.0.1:{port}/desk/cases/new/", headers={"Cookie": cookie})
    with answered(asked) as answer:
        found = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
    if answer.status != 200 or found is None:
        raise RuntimeError(f"the form of a new case: status {answer.status}, no token")
    return found[1]


def seconds_until(well: Callable[[], bool], most: float) -> float:
    """How long until it is well. Raises TimeoutError after `most` seconds."""
    begun = time.monotonic()
    while not well():
        if time.monotonic() - begun > most:
            raise TimeoutError(f"not well after {most} s")
        time.sleep(0.05)
    return time.monotonic() - begun


def answered(asked: Request, tries: int = 100) -> Any:
    for turn in range(tries):
        try:
            return urlopen(asked, timeout=20)
        except ConnectionError:
            time.sleep(0.1)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError) or turn == tries - 1:
                raise
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")
