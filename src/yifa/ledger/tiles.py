"""Hashes of tiles, from the stored leaves and the kept roots of complete tiles; those of larger subtrees are remembered."""

from __future__ import annotations

from functools import lru_cache

from yifa.ledger.models import Event
from yifa.ledger.subtrees import HASHES, kept
from yifa.proof.merkle import root
from yifa.proof.tiles import WIDTH, NoSuchTile, Tile

REMEMBERED = 1 << 16


def tile_bytes(*, log: str, tree: str, tile: Tile, size: int) -> bytes:
    """The `width` × 32 bytes of a tile of the tree of `size` entries. Raises NoSuchTile beyond it."""
    tile.require_within(size)
    if tile.level == 0:
        return b"".join(_leaves(log, tree, tile.first, tile.width))
    return b"".join(subtree_hashes(log, tree, tile.first, tile.width, tile.level))


def subtree_hashes(log: str, tree: str, first: int, count: int, level: int = 1) -> list[bytes]:
    """Roots of the `count` complete subtrees of 256**level entries from number `first` on. Raises NoSuchTile."""
    there = kept(log, tree, first, count) if level == 1 else {}
    (leaf,) = _leaves(log, tree, 0, 1) if len(there) < count else (b"",)
    return [
        there.get(number) or _subtree(leaf, log, tree, level, number)
        for number in range(first, first + count)
    ]


@lru_cache(maxsize=REMEMBERED)
def _subtree(first: bytes, log: str, tree: str, level: int, number: int) -> bytes:
    """Root of the 256**level leaves from `number` × 256**level on. `first`, leaf 0, tells one log from another."""
    start = number * WIDTH
    if level == 1:
        return root(_leaves(log, tree, start, WIDTH), HASHES[tree])
    return root(subtree_hashes(log, tree, start, WIDTH, level - 1), HASHES[tree])


def _leaves(log: str, tree: str, start: int, count: int) -> list[bytes]:
    rows = Event.objects.filter(log=log, idx__gte=start, idx__lt=start + count).order_by("idx")
    found = [bytes(leaf) for leaf in rows.values_list(f"leaf_{tree}", flat=True)]
    if len(found) != count:
        raise NoSuchTile(f"entries {start} to {start + count - 1} are not all there")
    return found
