"""Kill one of several writers again and again, then compare what is there with what was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass

from faults.writers import start

WRITERS = 3
SHORTEST, LONGEST = 0.02, 0.15
SETTLE_SECONDS = 30


@dataclass(frozen=True)
class Outcome:
    """`lost`: acknowledged acts that are not there; `faults`: sentences of the ledger; `gaps`: addresses left out."""

    database: str
    kills: int
    seconds: float
    acknowledged: int
    stored: int
    lost: int
    gaps: int
    ended_by_themselves: int
    faults: list[str]

    @property
    def holds(self) -> bool:
        return (
            not (self.lost or self.gaps or self.faults or self.ended_by_themselves) and self.acknowledged > 0
        )

    def as_json(self) -> dict:
        return {**asdict(self), "holds": self.holds}


def run(kills: int, seed: int) -> Outcome:
    """`kills` SIGKILLs at random moments. Django is set up, the sample year loaded, connections are closed here."""
    from django.db import connection, connections

    vendor = connection.vendor
    connections.close_all()
    began, told = time.monotonic(), Told()
    chance = random.Random(seed)
    writers = [start(told.pipe) for _ in range(WRITERS)]
    try:
        for count in range(1, kills + 1):
            told.wait(chance.uniform(SHORTEST, LONGEST))
            place = chance.randrange(WRITERS)
            end(writers[place])
            writers[place] = start(told.pipe)
            if count % 50 == 0:
                print(
                    f"\r{vendor}: {count}/{kills} kills, {len(told.acts)} acts acknowledged",
                    end="",
                    file=sys.stderr,
                )
    finally:
        for writer in writers:
            end(writer)
    print(file=sys.stderr)
    told.wait(0.1)
    return judged(vendor, kills, time.monotonic() - began, told)


def end(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


class Told:
    """What the writers acknowledged: `YYYY-NNNN/seq`. Lines shorter than a pipe's buffer arrive whole."""

    def __init__(self) -> None:
        self.source, self.pipe = os.pipe()
        os.set_blocking(self.source, False)
        self.acts: set[str] = set()
        self.ended = 0
        self.rest = b""

    def wait(self, seconds: float) -> None:
        """Read for so long: writers must never wait for us."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self._take(os.read(self.source, 65536))
            except BlockingIOError:
                time.sleep(0.002)

    def _take(self, data: bytes) -> None:
        *lines, self.rest = (self.rest + data).split(b"\n")
        self.ended += lines.count(b"ended")
        self.acts.update(line.decode() for line in lines if line != b"ended")


def judged(vendor: str, kills: int, seconds: float, told: Told) -> Outcome:
    from yifa.casework.cases.models import Act, Case
    from yifa.ledger.verify import Verification, every_table
    from yifa.site.cli.verify import sentence

    stored = {f"{no}/{seq}" for no, seq in Act.objects.filter(case__year=2021).values_list("case_id", "seq")}
    serials = sorted(Case.objects.filter(year=2021).values_list("serial", flat=True))
    faults = [sentence(fault) for fault in Verification(tables=every_table()).faults()]
    return Outcome(
        database=vendor, kills=kills, seconds=round(seconds, 1), acknowledged=len(told.acts), stored=len(stored),
        lost=len(told.acts - stored), gaps=len(set(range(1, len(serials) + 1)) ^ set(serials)),
        ended_by_themselves=told.ended, faults=faults[:20],
    )  # fmt: skip
