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
    """Entries a second: verified alone, verified with every case and act, merely hashed; an act in milliseconds."""

    entries: int
    verified: float
    with_rows: float
    hashed: float
    with_ledger: float
    without: float


def measure() -> Ledgered:
    from yifa.ledger.models import Event

    bodies = [bytes(body) for body in Event.objects.order_by("idx").values_list("body", flat=True)]
    alone, entries = timed(lambda: verify(tables=()))
    with_rows, _ = timed(lambda: verify(tables=("case", "act")))
    hashed, _ = timed(lambda: bare(bodies))
    return Ledgered(entries, entries / alone, entries / with_rows, entries / hashed, *acts())


def timed(work) -> tuple[float, int]:
    """Best of three, in this thread's processor time; the count `work` answers."""
    times = []
    for _ in range(3):
        begun = time.thread_time()
        count = work()
        times.append(time.thread_time() - begun)
    return min(times), count


def verify(tables: tuple[str, ...]) -> int:
    """`yifa verify log`: both trees, numbering, what each body says; with `tables`, their rows against the log."""
    from yifa.ledger.verify import Verification

    verification = Verification(tables=tables)
    faults = list(verification.faults())
    assert not faults, faults[:3]
    return verification.events


def bare(bodies: list[bytes]) -> int:
    """Both digests of each body, in memory, and nothing else."""
    empty = hashlib.new("sm3")
    for body in bodies:
        hashlib.sha256(body).digest()
        state = empty.copy()
        state.update(body)
        state.digest()
    return len(bodies)


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
