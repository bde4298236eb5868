"""Writing: a business change and its ledger entries in one transaction. If the append fails, nothing happened.

with writing() as unit:
    case.save(); act.save()
    unit.log(type="act_recorded", actor=actor, agency="120115", rows=[case, act])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import models, transaction

from yifa.ledger import clock
from yifa.ledger.append import append
from yifa.ledger.digest import RowDigest, moment, row_digest
from yifa.ledger.entry import Actor, Entry, EntryTooLarge, compose, rowless
from yifa.ledger.mode import require_writable
from yifa.ledger.turn import in_turn

__all__ = ["Actor", "EntryTooLarge", "Unit", "actor_of", "on_request", "writing"]

FLUSH_AT = 2000
_unit: ContextVar[Unit | None] = ContextVar("ledger_unit", default=None)
_request: ContextVar[tuple[str, Mapping[str, str]]] = ContextVar("ledger_request", default=("", {}))


def actor_of(user: Any, *, role: str, organ: str) -> Actor:
    """An account as the log names it: by its number, in the role it acts in."""
    return Actor(id=f"user:{user.pk}", role=role, organ=organ)


class Unit:
    """One piece of writing. Entries wait in order and are appended at the end, the head row locked last.

    A unit of more than 2,000 entries (an import) is appended in parts, so that memory stays flat; from the first
    part on it holds the head row.
    """

    def __init__(self) -> None:
        self.pending: list[Entry] = []
        self.depth = 0

    def log(
        self,
        *,
        type: str,
        actor: Actor,
        agency: str,
        rows: Sequence[models.Model | RowDigest],
        log: str = "case",
        occurred_at: datetime | None = None,
        on_behalf_of: str = "",
        before: Mapping[str, str] | None = None,
        doc_hashes: Iterable[str] = (),
        commits: Iterable[Mapping[str, str]] = (),
        reason_code: str = "",
        legal_basis: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Enter one event about `rows[0]`; `rows` are bound objects after the change, their `version` set.

        Rows are digested now, or were (digested): saved, or to be saved in this unit exactly as they stand. Raises ValueError where a
        value has no canonical form or `rows` is empty; EntryTooLarge comes when the unit appends.
        """
        if not rows:
            raise ValueError(f"{type}: an entry is about at least one row")
        request_id, client = _request.get()
        entry = compose(
            log=log,
            type=type,
            at=moment(clock.now()),
            actor=actor,
            agency=agency,
            rows=[row if isinstance(row, RowDigest) else digested(row) for row in rows],
            before=before,
            doc_hashes=doc_hashes,
            commits=commits,
            reason_code=reason_code,
            request_id=request_id,
            client=client,
            optional={
                "occurred_at": moment(occurred_at) if occurred_at else "",
                "on_behalf_of": on_behalf_of,
                "legal_basis": legal_basis,
                "details": dict(details or {}),
            },
        )
        self.pending.append(entry)
        if not self.depth and len(self.pending) >= FLUSH_AT:
            self.flush()

    def tell(
        self, *, log: str, type: str, actor: Actor, about: tuple[str, str, int], details: Mapping[str, Any]
    ) -> None:
        """Enter one event about no row of ours, to be published: so without the request and the client it came from."""
        at = moment(clock.now())
        self.pending.append(rowless(log=log, type=type, at=at, actor=actor, about=about, details=details))

    def flush(self) -> None:
        """Append what waits. Called by `writing` at the end of the outermost unit."""
        waiting, self.pending = self.pending, []
        append(waiting)


def digested(row: models.Model) -> RowDigest:
    """Digest of a row; salts made just now are stored where the row was saved before it was logged."""
    known = len(row.salts)
    digest = row_digest(row)
    if len(row.salts) > known and not row._state.adding:
        type(row)._base_manager.filter(pk=row.pk).update(salts=row.salts)
    return digest


@contextmanager
def writing() -> Iterator[Unit]:
    """The unit of writing. Outermost: a durable transaction. Nested: joins, inside a savepoint of its own, so that
    a refusal caught outside takes the nested rows and entries with it and nothing else.

    Raises IntegrityBroken in read-only mode."""
    unit = _unit.get()
    if unit is not None:
        with _joined(unit):
            yield unit
        return
    require_writable()
    with in_turn(), transaction.atomic(durable=True):
        unit = Unit()
        token = _unit.set(unit)
        try:
            yield unit
            unit.flush()
        finally:
            _unit.reset(token)


@contextmanager
def _joined(unit: Unit) -> Iterator[None]:
    mark = len(unit.pending)
    unit.depth += 1
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del unit.pending[mark:]
        raise
    finally:
        unit.depth -= 1


@contextmanager
def on_request(*, request_id: str, client: Mapping[str, str]) -> Iterator[None]:
    """Entries written inside carry this request id and client (`ip_hash`, `device_id`; never an address)."""
    token = _request.set((request_id, client))
    try:
        yield
    finally:
        _request.reset(token)
