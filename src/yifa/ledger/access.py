"""The access log: who looked at what. A page leaves a note in memory; a thread appends the notes within a second.

A page never waits for it. What a killed process had not yet appended, at most its last second, is lost; the log shows
that: a server that opened its recording and never closed it. Format: docs/spec/access-log.md.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Event as Signal
from threading import Lock, Thread

from django.db import DatabaseError, connection, transaction

from yifa.ledger import clock
from yifa.ledger.append import append
from yifa.ledger.bound import opaque
from yifa.ledger.digest import moment
from yifa.ledger.entry import Entry
from yifa.ledger.turn import in_turn

LOG = "access"
LIMIT = 20_000
"""Notes kept in memory while the database does not take them; further ones are counted, and the count is an entry."""
AT_ONCE = 1000
WITHIN = 0.7
"""Seconds between the first note and its appending; with the writing itself below one second."""
CODE = re.compile(r"[0-9A-Za-z_.#/|:-]{1,80}")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """One access. `about` is `table:key`; `page` the name of the address; `client` a digest of the address asked from."""

    type: str
    actor: str
    about: str
    role: str = ""
    agency: str = ""
    page: str = ""
    client: str = ""
    at: datetime | None = None

    @property
    def same(self) -> tuple[str, ...]:
        """Accesses alike in this, in one batch, are one entry."""
        return self.type, self.actor, self.about, self.role, self.agency, self.page, self.client


def write(batch: Iterable[Seen]) -> int:
    """Append now, in a transaction of its own; number of entries. For commands; pages leave a note. Raises DatabaseError."""
    alike: dict[tuple[str, ...], Seen] = {}
    for one in batch:
        alike.setdefault(one.same, one)
    entries = [_entry(one) for one in alike.values()]
    if entries:
        with in_turn(), transaction.atomic(durable=True):
            append(entries)
    return len(entries)


def _entry(one: Seen) -> Entry:
    """As an entry about no row: nothing changed. `request_id` is random, so that no leaf hash can be guessed at."""
    table, _, key = one.about.partition(":")
    key = _code(key)
    fields = {
        "v": 1, "type": one.type, "at": moment(one.at or clock.now()), "actor": one.actor, "actor_role": one.role,
        "agency": one.agency, "object": {"type": table, "id": key, "version": 0}, "after": {}, "commits": [],
        "doc_hashes": [], "reason_code": one.page and _code(one.page), "request_id": secrets.token_hex(16),
        "client": {"ip_hash": one.client} if one.client else {},
    }  # fmt: skip
    return Entry(LOG, f"{table}:{key}", fields, {})


def _code(text: str) -> str:
    """Codes as they are; anything else, which somebody may have typed, as its digest: the log holds no free text."""
    return text if CODE.fullmatch(text) else opaque(text)


class Recorder:
    """Notes of one process. Off until `start`: then a thread appends what was noted; `stop` appends the rest."""

    def __init__(self) -> None:
        self.on = False
        self.server = secrets.token_hex(8)
        self._waiting: deque[Seen] = deque()
        self._lost = 0
        self._guard, self._one_at_a_time = Lock(), Lock()
        self._noted, self._stopping = Signal(), Signal()
        self._thread: Thread | None = None

    def note(self, seen: Seen) -> None:
        """Costs a few microseconds, whatever the database does."""
        if not self.on:
            return
        with self._guard:
            if len(self._waiting) < LIMIT:
                self._waiting.append(seen)
            else:
                self._lost += 1
        self._noted.set()

    def flush(self) -> int:
        """Append what waits; number of entries. Raises DatabaseError; what was not appended still waits then."""
        written = 0
        with self._one_at_a_time:
            while batch := self._taken():
                try:
                    written += write(batch)
                except BaseException:
                    with self._guard:
                        self._waiting.extendleft(reversed(batch))
                    raise
        return written

    def _taken(self) -> list[Seen]:
        with self._guard:
            batch = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
            if self._lost:
                batch.append(self._of_server("accesses_lost", str(self._lost)))
                self._lost = 0
            return batch

    def _of_server(self, type: str, page: str = "") -> Seen:
        return Seen(type, "system:server", f"server:{self.server}", page=page, at=clock.now())

    def start(self) -> None:
        """Once a serving process."""
        if self._thread is not None:
            return
        self.on = True
        self.note(self._of_server("recording_opened"))
        self._thread = Thread(target=self._run, name="access-log", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 10) -> None:
        """Append the rest and say that it was all."""
        if self._thread is None:
            return
        self.note(self._of_server("recording_closed"))
        self.on = False
        self._stopping.set()
        self._noted.set()
        self._thread.join(timeout)
        self._thread = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._noted.wait()
            self._noted.clear()
            self._stopping.wait(WITHIN)
            self._try()
        self._try()
        connection.close()

    def _try(self) -> None:
        try:
            self.flush()
        except (DatabaseError, ValueError) as error:
            # the notes wait; the next round tries again on a new connection
            logger.error("access log: %s", error)
            connection.close()
            self._noted.set()


recorder = Recorder()
note = recorder.note
