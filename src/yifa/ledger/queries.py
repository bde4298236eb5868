"""Reading the log: its head, the last entry about a row, whether a case's rows are those recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from yifa.ledger.append import frontiers
from yifa.ledger.digest import row_name
from yifa.ledger.models import Event, Head
from yifa.ledger.rows import binding_named, stored_rows
from yifa.ledger.succession import current, generations

__all__ = [
    "HeadState",
    "LoggedEvent",
    "RecordedRow",
    "case_badge",
    "case_rows",
    "entries_back",
    "event_count",
    "events_about",
    "head",
    "last_event",
]

CHUNK = 500


@dataclass(frozen=True)
class HeadState:
    """Size and both roots (hex) of a log."""

    log: str
    size: int
    root_sha256: str
    root_sm3: str


@dataclass(frozen=True)
class LoggedEvent:
    """One entry, its body parsed; `columns` = row name → column → hex digest."""

    idx: int
    body: dict[str, Any]
    columns: dict[str, dict[str, str]]


def head(log: str = "case") -> HeadState:
    """State of the log now; size 0 where nothing was ever appended. Raises ValueError on a damaged head row."""
    row = Head.objects.filter(log=log).first() or Head(log=log)
    one, other = frontiers(row)
    return HeadState(log, row.size, one.root().hex(), other.root().hex())


def event_count(log: str = "case") -> int:
    return Event.objects.filter(log=log).count()


def last_event(object_id: str) -> LoggedEvent | None:
    """The latest entry whose object is `table:key` (the natural key as people write it); None: never an object."""
    table, _, key = object_id.partition(":")
    rows = Event.objects.filter(log__in=generations("case"), object=row_name(table, key))
    row = rows.order_by("-log", "-idx").first()
    return row and _logged(row)


def events_about(object_id: str) -> list[LoggedEvent]:
    """Every entry whose object is `table:key`, in the order of the log, what a frozen log has of it first."""
    table, _, key = object_id.partition(":")
    rows = Event.objects.filter(log__in=generations("case"), object=row_name(table, key))
    rows = rows.order_by("log", "idx")
    return [_logged(row) for row in rows]


def entries_back(log: str, *, about: str = "", before: int | None = None) -> Iterator[LoggedEvent]:
    """Entries of a log, newest first, a few hundred read at a time; about one object, below one place."""
    rows = Event.objects.filter(log=log).order_by("-idx")
    if about:
        table, _, key = about.partition(":")
        rows = rows.filter(object=row_name(table, key))
    while chunk := list((rows.filter(idx__lt=before) if before is not None else rows)[:CHUNK]):
        yield from map(_logged, chunk)
        before = chunk[-1].idx


def _logged(row: Event) -> LoggedEvent:
    return LoggedEvent(row.idx, json.loads(bytes(row.body)), row.columns)


@dataclass(frozen=True)
class RecordedRow:
    """A row of a case: its name, the entry that recorded it last, whether it is as recorded.

    `idx` is None for a row the log never recorded; `there` is False for one that was recorded and is gone.
    """

    name: str
    idx: int | None
    agrees: bool
    there: bool = True


def case_rows(case_no: str) -> list[RecordedRow]:
    """The rows of a case and its acts against the latest entries about them, in the order of the log. Empty: no such case."""
    recorded: dict[str, tuple[int, str]] = {}
    acts = row_name("act", case_no) + "/"
    about_acts = Q(
        object__gte=acts, object__lt=acts[:-1] + chr(ord("/") + 1)
    )  # a prefix, as the index reads it
    about = Q(object=row_name("case", case_no)) | about_acts
    events = Event.objects.filter(about, log=current("case")).order_by("idx")
    for idx, body in events.values_list("idx", "body").iterator():
        recorded.update((name, (idx, digest)) for name, digest in json.loads(bytes(body))["after"].items())
    own = row_name("case", case_no)
    expected = {name: last for name, last in recorded.items() if name == own or name.startswith(acts)}
    stored = {
        row.name: row.digest and row.digest.digest
        for row in (
            *stored_rows(binding_named("case"), no=case_no),
            *stored_rows(binding_named("act"), case_id=case_no),
        )
    }
    found = []
    for name in expected.keys() | stored.keys():
        idx, digest = expected.get(name, (None, ""))
        found.append(RecordedRow(name, idx, stored.get(name) == digest, name in stored))
    return sorted(found, key=lambda row: (row.idx is None, row.idx or 0, row.name))


def case_badge(case_no: str) -> tuple[int, int]:
    """(rows that match, rows in all) of a case and its acts against the entries about that case.

    Rows the ledger recorded and the database no longer has count in the total. (0, 0): no such case.
    """
    rows = case_rows(case_no)
    return sum(row.agrees for row in rows), len(rows)
