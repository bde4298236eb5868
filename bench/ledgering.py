"""What the ledger costs: verifying it beside bare hashing of the same bytes, an act with it beside the same without."""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

REPEAT = 150


@dataclass(frozen=True)
class Ledgered:
    """Entries a second of `yifa verify log` and of bare hashing; milliseconds of an act with and without entries."""

    entries: int
    verified: float
    hashed: float
    with_ledger: float
    without: float


def measure() -> Ledgered:
    verified, entries = timed(verify)
    hashed, _ = timed(bare)
    with_ledger, without = acts()
    return Ledgered(entries, entries / verified, entries / hashed, with_ledger, without)


def timed(work) -> tuple[float, int]:
    """Best of three, in this thread's processor time; the count `work` answers."""
    times = []
    for _ in range(3):
        begun = time.thread_time()
        count = work()
        times.append(time.thread_time() - begun)
    return min(times), count


def verify() -> int:
    """All of `yifa verify log`: both trees, numbering, bodies, and every case and act against its latest entry."""
    from yifa.ledger.verify import Verification

    verification = Verification()
    faults = list(verification.faults())
    assert not faults, faults[:3]
    return verification.events


def bare() -> int:
    """Both digests of the same bodies, read from the database in the same way, and nothing else."""
    from yifa.ledger.models import Event

    count = 0
    sm3 = hashlib.new("sm3")
    for (body,) in Event.objects.order_by("idx").values_list("body").iterator(1000):
        hashlib.sha256(body).digest()
        state = sm3.copy()
        state.update(body)
        state.digest()
        count += 1
    return count


def acts() -> tuple[float, float]:
    """Medians of recording the same act on like cases, by turns with the ledger and without a trace of it."""
    from bench import writing
    from yifa.casework.cases.actions import record_act
    from yifa.ledger import clock
    from yifa.ledger.actions import Actor

    today = clock.today()
    cases = writing.prepared(today, 2 * (REPEAT + 10), name="bench-ledger")
    actor = Actor(id="system:bench")
    event = {
        "kind": "investigation_closed", "at": f"{today}T00:00:01+08:00", "by": writing.OFFICERS,
        "proposal": {"kinds": ["fine"], "fine_fen": 10_000},
    }  # fmt: skip
    spent: dict[bool, list[float]] = {True: [], False: []}
    for turn, no in enumerate(cases):
        kept = turn % 2 == 0
        with as_it_is() if kept else without_entries():
            begun = time.perf_counter()
            record_act(case_no=no, event=event, actor=actor)
            spent[kept].append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent[True][10:]), statistics.median(spent[False][10:])


@contextmanager
def as_it_is() -> Iterator[None]:
    yield


@contextmanager
def without_entries() -> Iterator[None]:
    """The same action with neither digests nor entries: what a program without a ledger would do."""
    from yifa.ledger import actions

    log = actions.Unit.log
    actions.Unit.log = lambda self, **entry: None
    try:
        yield
    finally:
        actions.Unit.log = log
