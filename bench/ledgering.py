"""What the ledger costs: verifying it beside bare hashing of the same bytes, an act with it beside the same without."""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

REPEAT, WARM_UP = 200, 10
ROUNDS = 25


@dataclass(frozen=True)
class Times:
    """Milliseconds an act takes, medians: by the clock, and of the processor."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Ledgered:
    """Entries a second: verified alone, verified with every case and act, merely hashed; the same act twice."""

    entries: int
    verified: float
    with_rows: float
    hashed: float
    with_ledger: Times
    without: Times


def measure() -> Ledgered:
    from bench import writing
    from yifa.ledger import clock
    from yifa.ledger.models import Event

    cases = writing.prepared(clock.today(), 2 * (REPEAT + WARM_UP), name="bench-ledger")
    bodies = [bytes(body) for body in Event.objects.order_by("idx").values_list("body", flat=True)]
    entries = len(bodies)
    alone, hashed = by_turns(lambda: verify(tables=()), lambda: bare(bodies))
    (with_rows,) = by_turns(lambda: verify(tables=("case", "act")))
    return Ledgered(entries, entries / alone, entries / with_rows, entries / hashed, *acts(cases))


def by_turns(*works: Callable[[], object]) -> list[float]:
    """Best of some rounds for each, in this thread's processor time: all meet the same moments of the machine."""
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            begun = time.thread_time()
            work()
            best[place] = min(best[place], time.thread_time() - begun)
    return best


def verify(tables: tuple[str, ...]) -> None:
    """`yifa verify log`: both trees, numbering, what each body says; with `tables`, their rows against the log."""
    from yifa.ledger.verify import Verification

    faults = list(Verification(tables=tables).faults())
    assert not faults, faults[:3]


def bare(bodies: list[bytes]) -> None:
    """Both digests of each body, in memory, and nothing else."""
    empty = hashlib.new("sm3")
    for body in bodies:
        hashlib.sha256(body).digest()
        state = empty.copy()
        state.update(body)
        state.digest()


def acts(cases: list[str]) -> tuple[Times, Times]:
    """Recording the same act on like cases, by turns with the ledger and without a trace of it; durable both times."""
    from bench import writing
    from yifa.casework.cases.actions import record_act
    from yifa.ledger import clock
    from yifa.ledger.actions import Actor

    actor, today = Actor(id="system:bench"), clock.today()
    event = {
        "kind": "investigation_closed", "at": f"{today}T00:00:01+08:00", "by": writing.OFFICERS,
        "proposal": {"kinds": ["fine"], "fine_fen": 10_000},
    }  # fmt: skip
    spent: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    require_durable()
    for turn, no in enumerate(cases):
        kept = turn % 2 == 0
        with as_it_is() if kept else without_entries():
            begun = time.perf_counter(), time.thread_time()
            record_act(case_no=no, event=event, actor=actor)
            spent[kept].append((time.perf_counter() - begun[0], time.thread_time() - begun[1]))
    return medians(spent[True]), medians(spent[False])


def medians(spent: list[tuple[float, float]]) -> Times:
    return Times(*(statistics.median(kind) * 1000 for kind in zip(*spent[WARM_UP:], strict=True)))


def require_durable() -> None:
    """SQLite with synchronous=FULL: a commit that does not wait for the disk would make any ratio good."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)


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
