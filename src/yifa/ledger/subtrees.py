"""Roots of complete tiles of 256 entries, kept so that a proof reads them instead of the whole log.

They follow from the leaves: one that is missing is computed, and a wrong one, which makes proofs that hold nowhere,
is named by `yifa verify log`. Why a table: docs/decisions/0019-roots-of-tiles-are-kept.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import reduce
from operator import or_

from django.db.models import Max, Q

from yifa.ledger.models import Event, Subtree
from yifa.ledger.rows import as_bytes
from yifa.proof.merkle import root, sha256, sm3
from yifa.proof.tiles import WIDTH, NoSuchTile

HASHES = {"sha256": sha256, "sm3": sm3}
AT_ONCE = 50
"""Tiles of leaves read by one query: SQLite takes expressions no deeper than a thousand."""
Leaves = dict[str, dict[int, list[bytes]]]
"""Leaf hashes by tree and number of the tile."""


def leaves_of_tiles(log: str, numbers: Collection[int], size: int) -> Leaves:
    """The leaves of these tiles in the log of `size` entries. Raises NoSuchTile where some are not there."""
    found: Leaves = {tree: {number: [] for number in numbers} for tree in HASHES}
    wanted = sorted(numbers)
    for at in range(0, len(wanted), AT_ONCE):
        # the log stands in each range: beside them all, SQLite searches by it alone and reads the log whole
        ranges = [
            Q(log=log, idx__gte=one * WIDTH, idx__lt=min((one + 1) * WIDTH, size))
            for one in wanted[at : at + AT_ONCE]
        ]
        rows = Event.objects.filter(reduce(or_, ranges)).order_by("idx")
        for idx, *leaves in rows.values_list("idx", *(f"leaf_{tree}" for tree in HASHES)):
            for tree, leaf in zip(HASHES, leaves, strict=True):
                found[tree][idx // WIDTH].append(as_bytes(leaf))
    for number, there in found["sha256"].items():
        if len(there) != min(WIDTH, size - number * WIDTH):
            raise NoSuchTile(f"entries from {number * WIDTH} on are not all there")
    return found


def kept(log: str, tree: str, first: int, count: int) -> dict[int, bytes]:
    """Those of the `count` roots from number `first` on that are kept."""
    rows = Subtree.objects.filter(log=log, number__gte=first, number__lt=first + count)
    return {number: as_bytes(found) for number, found in rows.values_list("number", tree)}


def kept_any(log: str, first: int = 0) -> bool:
    """Whether roots from number `first` on are kept."""
    return Subtree.objects.filter(log=log, number__gte=first).exists()


def keep(log: str, size: int) -> int:
    """Keep the roots of the complete tiles of the first `size` entries that came since; how many. Raises NoSuchTile.

    Of what was signed: its leaves were read again and are those of the bodies.
    """
    last = Subtree.objects.filter(log=log).aggregate(last=Max("number"))["last"]
    numbers = range(0 if last is None else last + 1, size // WIDTH)
    for at in range(0, len(numbers), AT_ONCE):
        rows = [
            Subtree(log=log, number=number, **roots)
            for number, roots in _computed(log, numbers[at : at + AT_ONCE], size)
        ]
        Subtree.objects.bulk_create(rows, ignore_conflicts=True)
    return len(numbers)


def wrong(log: str, size: int) -> Iterator[int]:
    """Numbers of the kept roots that are not those of the leaves of the log of `size` entries."""
    rows = Subtree.objects.filter(log=log).order_by("number")
    yield from rows.filter(number__gte=size // WIDTH).values_list("number", flat=True)
    whole = list(rows.filter(number__gte=0, number__lt=size // WIDTH).values_list("number", flat=True))
    for at in range(0, len(whole), AT_ONCE):
        part = whole[at : at + AT_ONCE]
        stored = {one.number: one for one in rows.filter(number__in=part)}
        for number, roots in _computed(log, part, size):
            if any(as_bytes(getattr(stored[number], tree)) != found for tree, found in roots.items()):
                yield number


def _computed(log: str, numbers: Collection[int], size: int) -> Iterator[tuple[int, dict[str, bytes]]]:
    leaves = leaves_of_tiles(log, numbers, size)
    for number in numbers:
        yield number, {tree: root(leaves[tree][number], hasher) for tree, hasher in HASHES.items()}
