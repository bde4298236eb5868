"""A damaged log is never mended: it is frozen with its last trusted head, and a successor begins that names that head.

Every bound row is recorded in the successor as it stands, and how many did not agree is in its first entry: what the
damage was stays visible. Format: docs/spec/successor-log.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from yifa.ledger import clock, mode
from yifa.ledger.actions import Unit
from yifa.ledger.append import append, lock
from yifa.ledger.bound import BINDINGS, Binding
from yifa.ledger.checkpoints import SignedHead, SigningRefused, head_file, last_signed, origin, sign
from yifa.ledger.digest import erased_columns, moment, row_name
from yifa.ledger.entry import Actor, Entry, rowless
from yifa.ledger.models import Event, Head
from yifa.ledger.rows import UNREADABLE
from yifa.ledger.succession import KINDS, current, following, generations, kind_of, predecessor
from yifa.ledger.turn import in_turn

TYPE = "log.successor"
TAKEN_OVER = "state_taken_over"
CAUSES = ("damaged", "rolled_back")
MOST = "-9"
CHUNK = 500
OPERATOR = Actor("system:operator")


@dataclass(frozen=True)
class Opened:
    """The successor, how many faults its predecessor had, rows taken over, rows that could not be read."""

    log: str
    faults: int
    rows: int
    unreadable: int


def open_successor(*, kind: str, cause: str, faults: list[str], actor: Actor = OPERATOR) -> Opened:
    """Freeze the log of this kind and begin the next. `faults` are what a verification says of the old one now.

    Raises SigningRefused: the head signed last cannot be read, or there are nine logs already; DatabaseError.
    """
    old = current(kind)
    if old.endswith(MOST):
        raise SigningRefused(f"日志 {old} 已是第九本，不能再开后继日志")
    trusted, new = last_signed(old), following(old)
    with in_turn(), transaction.atomic(durable=True):
        frozen = lock(old)
        Head.objects.create(log=new, epoch=frozen.epoch)
        Head.objects.filter(log=old).update(successor=new)
        append([_first(kind, old, trusted, frozen.size, cause, faults, actor)])
        rows, unreadable = _take_over(actor) if kind == "case" else (0, 0)
    sign(new, begins=True)
    mode.set_reason("")
    return Opened(new, len(faults), rows, unreadable)


def _first(
    kind: str, old: str, trusted: SignedHead | None, stored: int, cause: str, faults: list[str], actor: Actor
) -> Entry:
    report = hashlib.sha256("\n".join(faults).encode()).hexdigest()
    details = {
        **_named(old, trusted),
        "cause": cause,
        "stored": stored,
        "faults": len(faults),
        "report": report,
    }
    return rowless(
        log=kind, type=TYPE, at=moment(clock.now()), actor=actor, about=("log", old, 1), details=details,
        reason_code=cause,
    )  # fmt: skip


def _named(old: str, trusted: SignedHead | None) -> dict[str, Any]:
    """The last trusted head of the old log, as the first entry names it; of one never signed the head of nothing."""
    roots = {name: tree.root().hex() for name, tree in trusted.trees().items()} if trusted else {}
    return {
        "old_origin": origin(old, "sha256"), "old_size": trusted.size if trusted else 0,
        "old_root": roots.get("sha256", ""), "old_root_sm3": roots.get("sm3", ""),
    }  # fmt: skip


def _take_over(actor: Actor) -> tuple[int, int]:
    """One entry a row, as it stands. Rows that cannot be digested are left out, and verification names them."""
    unit, rows, unreadable = Unit(), 0, 0
    for binding in sorted(BINDINGS.values(), key=lambda one: one.table):
        for row in _rows(binding):
            lost = row is None or any(name not in row.salts for name in binding.personal)
            try:
                if lost:
                    unreadable += 1
                else:
                    agency = getattr(row, "organ_id", None) or ""
                    unit.log(
                        type=TAKEN_OVER, actor=actor, agency=agency, rows=[row], details=_gone(binding, row)
                    )  # fmt: skip
                    rows += 1
            except UNREADABLE:
                unreadable += 1
    unit.flush()
    return rows, unreadable


def _gone(binding: Binding, row: models.Model) -> dict[str, Any]:
    """Columns erased while the old log was written, in the words of their own entries."""
    name = row_name(binding.table, binding.key(row))
    return {"erased": [f"{name}#{column}" for column in gone]} if (gone := erased_columns(row)) else {}


def _rows(binding: Binding) -> Iterator[models.Model | None]:
    """Every row; None for one whose columns can no longer be read."""
    manager = binding.model._base_manager
    keys = list(manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        try:
            yield from manager.filter(pk__in=part).order_by("pk")
        except UNREADABLE:
            yield from (_alone(manager, pk) for pk in part)


def _alone(manager: models.Manager, pk: Any) -> models.Model | None:
    try:
        return manager.get(pk=pk)
    except UNREADABLE:
        return None


def first_entry(log: str) -> dict[str, Any]:
    """What the first entry of a successor says; empty where there is none or it says something else."""
    body = Event.objects.filter(log=log, idx=0).values_list("body", flat=True).first()
    try:
        told = json.loads(bytes(body or b"{}"))
        return dict(told["details"]) if told["type"] == TYPE else {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def broken_link(log: str) -> str:
    """Why this successor is not the one an operator opened after the head signed last; empty where it is, or is none."""
    old = predecessor(log)
    if not old:
        return ""
    if not head_file(log).exists():
        return f"后继日志 {log} 从来没有签名：不是用 yifa successor 开的"
    try:
        expected = _named(old, last_signed(old))
    except SigningRefused as refused:
        return str(refused).rstrip("。")
    told = first_entry(log)
    if any(told.get(name) != value for name, value in expected.items()):
        return f"后继日志 {log} 的第 0 条不是从 {old} 最后签名的日志头接续的"
    return ""


@dataclass(frozen=True)
class Frozen:
    """A log that has a successor, for `/proof/`: what its successor says of it."""

    log: str
    kind: str
    successor: str
    size: int
    root: str
    cause: str
    faults: int


def frozen() -> list[Frozen]:
    """Every log that was given up, in order."""
    told = [
        (log, following(log), first_entry(following(log))) for kind in KINDS for log in generations(kind)[:-1]
    ]
    return [
        Frozen(
            log, kind_of(log), after, one.get("old_size", 0), one.get("old_root", ""), one.get("cause", ""),
            one.get("faults", 0),
        )
        for log, after, one in told
    ]  # fmt: skip
