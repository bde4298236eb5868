"""PostgreSQL stopped without warning under writers and readers: nothing acknowledged lost, 503 meanwhile, well again by itself."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.served import seconds_until
from faults.asking import ask
from faults.kills import Told, end, judged
from faults.writers import start

WRITERS = 3
HEALED_WITHIN = 30
MANNERS = ("immediate", "kill", "backend")


@dataclass
class Stops:
    """`wrong`: what the site answered that it must not; `healed`: seconds from the start of the server to the first page."""

    stops: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MANNERS, 0))
    refused: int = 0
    healed: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run(stops: int, seed: int, cluster: Any) -> dict[str, Any]:
    """Django is set up on `cluster`, the sample year loaded; connections are closed here."""
    from django.db import connections

    from bench.pages import session_cookie
    from bench.served import server

    cookie, chance, told, seen = session_cookie(), random.Random(seed), Told(), Stops()
    connections.close_all()
    began = time.monotonic()
    writers = [start(told.pipe, patient=True) for _ in range(WRITERS)]
    try:
        with server(cookie, "2021-12-31") as at:
            for count in range(stops):
                told.wait(chance.uniform(0.1, 0.6))
                _stop_once(cluster, MANNERS[count % len(MANNERS)], at, told, seen, chance)
                print(
                    f"\r{count + 1}/{stops} stops, {len(told.acts)} acts acknowledged",
                    end="",
                    file=sys.stderr,
                )
            told.wait(0.5)
    finally:
        for writer in writers:
            end(writer)
    print(file=sys.stderr)
    told.wait(0.1)
    after = judged("postgresql", 0, time.monotonic() - began, told)
    slowest = round(max(seen.healed), 2)
    holds = after.holds and not seen.wrong and slowest <= HEALED_WITHIN
    return {
        **asdict(after), "fault": "PostgreSQL stopped", "stops": seen.stops, "answered_503": seen.refused,
        "healed_slowest": slowest, "wrong": seen.wrong[:20], "holds": holds,
    }  # fmt: skip


def _stop_once(cluster: Any, manner: str, at: Any, told: Any, seen: Stops, chance: random.Random) -> None:
    seen.stops[manner] += 1
    process = cluster.process
    if manner == "backend":
        # the server ends all others too, recovers and takes connections again, by itself
        os.kill(chance.choice(backends(process.pid)), signal.SIGKILL)
    else:
        process.send_signal(signal.SIGQUIT if manner == "immediate" else signal.SIGKILL)
        process.wait(30)
        for _ in range(3):
            told.wait(0.05)
            found = ask(at, "/desk/cases/")
            seen.refused += found.status == 503
            if (found.status, found.retry_after) != (503, "10") or "数据库暂时没有应答" not in found.page:
                seen.wrong.append(f"{manner}: {found.status} {found.page[:80]}")
        cluster.start()
    begun = time.monotonic()
    try:
        seconds_until(lambda: _well(at, seen), HEALED_WITHIN)
    except TimeoutError as error:
        seen.wrong.append(f"{manner}: {error}")
    seen.healed.append(time.monotonic() - begun)


def _well(at: Any, seen: Stops) -> bool:
    status = ask(at, "/desk/cases/").status
    if status not in (200, 503):
        seen.wrong.append(f"after the start: {status}")
    return status == 200


def backends(pid: int) -> list[int]:
    """Processes that serve a connection: of the server's children, those that say so in their title."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = []
    for child in children:
        try:
            title = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"127.0.0.1" in title:
            found.append(int(child))
    return found
