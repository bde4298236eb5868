"""The end of the log: take the head row last, number the entries, grow both trees."""

from __future__ import annotations

from collections.abc import Sequence

from yifa.ledger.entry import Entry
from yifa.ledger.mode import IntegrityBroken
from yifa.ledger.models import Event, Head
from yifa.ledger.prepared import Prepared, insert_all, update
from yifa.ledger.succession import following
from yifa.proof.merkle import Frontier, leaf_hash, sha256, sm3

CHUNK = 1000
HEAD = Prepared(lambda log: Head.objects.select_for_update().filter(log=log), str)


def append(entries: Sequence[Entry]) -> None:
    """Append in order, inside the caller's transaction. Raises ValueError where a body cannot be made.

    Raises IntegrityBroken where a head row names a successor that is none.
    """
    for log in dict.fromkeys(entry.log for entry in entries):
        _append_to(log, [entry for entry in entries if entry.log == log])


def _append_to(log: str, entries: Sequence[Entry]) -> None:
    head = lock(log)
    while head.successor:
        if head.successor != following(head.log):
            raise IntegrityBroken(
                f"日志头 {head.log} 所写的后继日志不成立，不能写入。请执行 yifa verify state"
            )
        head = lock(head.successor)
    trees = frontiers(head)
    for start in range(0, len(entries), CHUNK):
        part = entries[start : start + CHUNK]
        insert_all([_event(entry, head, trees) for entry in part])
    head.size = trees[0].size
    head.frontier_sha256, head.frontier_sm3 = ([item.hex() for item in tree.hashes] for tree in trees)
    update(head, ("size", "frontier_sha256", "frontier_sm3"))


def lock(log: str) -> Head:
    """The head row, held until the transaction ends (SQLite holds the whole file since BEGIN IMMEDIATE)."""
    found = HEAD(log)
    if not found:
        # the first entry of the log; whoever is first at the same moment on PostgreSQL is waited for here
        Head.objects.bulk_create([Head(log=log)], ignore_conflicts=True)
        found = HEAD(log)
    return found[0]


def frontiers(head: Head) -> tuple[Frontier, Frontier]:
    """The SHA-256 and the SM3 tree as the head row has them. Raises ValueError when they do not fit its size."""
    return (
        Frontier(sha256, head.size, [bytes.fromhex(item) for item in head.frontier_sha256]),
        Frontier(sm3, head.size, [bytes.fromhex(item) for item in head.frontier_sm3]),
    )


def _event(entry: Entry, head: Head, trees: tuple[Frontier, Frontier]) -> Event:
    idx = trees[0].size
    body = entry.body(log=head.log, idx=idx, epoch=head.epoch)
    leaves = leaf_hash(body, sha256), leaf_hash(body, sm3)
    for tree, leaf in zip(trees, leaves, strict=True):
        tree.append(leaf)
    return Event(
        log=head.log,
        idx=idx,
        body=body,
        leaf_sha256=leaves[0],
        leaf_sm3=leaves[1],
        object=entry.object,
        columns=entry.columns,
    )
