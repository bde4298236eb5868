"""Hashes of tiles, computed from the stored leaves; hashes of complete subtrees are remembered, they never change."""

from __future__ import annotations

from functools import lru_cache

from yifa.ledger.models import Event
from yifa.proof.merkle import root, sha256, sm3
from yifa.proof.tiles import WIDTH, NoSuchTile, Tile

HASHES = {"sha256": sha256, "sm3": sm3}
REMEMBERED = 1 << 16


def tile_bytes(*, log: str, tree: str, tile: Tile, size: int) -> bytes:
    """The `width` × 32 bytes of a tile of the tree of `size` entries. Raises NoSuchTile beyond it."""
    tile.require_within(size)
    if tile.level == 0:
        return b"".join(_leaves(log, tree, tile.first, tile.width))
    (first,) = _leaves(log, tree, 0, 1)
    numbers = range(tile.first, tile.first + tile.width)
    return b"".join(_subtree(first, log, tree, tile.level, number) for number in numbers)


def subtree_hashes(log: str, tree: str, first: int, count: int) -> list[bytes]:
    """Roots of the `count` complete subtrees of 256 entries from number `first` on. Raises NoSuchTile."""
    (leaf,) = _leaves(log, tree, 0, 1)
    return [_subtree(leaf, log, tree, 1, number) for number in range(first, first + count)]


@lru_cache(maxsize=REMEMBERED)
def _subtree(first: bytes, log: str, tree: str, level: int, number: int) -> bytes:
    """Root of the 256**level leaves from `number` × 256**level on. `first`, leaf 0, tells one log from another."""
    start = number * WIDTH
    if level == 1:
        return root(_leaves(log, tree, start, WIDTH), HASHES[tree])
    below = [_subtree(first, log, tree, level - 1, place) for place in range(start, start + WIDTH)]
    return root(below, HASHES[tree])


def _leaves(log: str, tree: str, start: int, count: int) -> list[bytes]:
    rows = Event.objects.filter(log=log, idx__gte=start, idx__lt=start + count).order_by("idx")
    found = [bytes(leaf) for leaf in rows.values_list(f"leaf_{tree}", flat=True)]
    if len(found) != count:
        raise NoSuchTile(f"entries {start} to {start + count - 1} are not all there")
    return found
