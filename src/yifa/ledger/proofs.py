"""Inclusion proofs for entries of the log, from the stored leaves and the roots of complete tiles."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from yifa.ledger.models import Event
from yifa.ledger.rows import as_bytes
from yifa.ledger.subtrees import HASHES, kept_any, leaves_of_tiles, wrong
from yifa.ledger.tiles import subtree_hashes
from yifa.proof.merkle import Frontier, inclusion_proof, node_hash, root
from yifa.proof.tiles import WIDTH, NoSuchTile

Paths = dict[str, list[bytes]]
"""An audit path by tree, nearest first."""


def inclusions(*, log: str, indexes: Collection[int], size: int) -> dict[int, Paths]:
    """The audit paths of these entries in both trees of the first `size` entries. Raises IndexError.

    What entries lie beside is read once for all of them, however many they are.
    """
    for index in indexes:
        if not 0 <= index < size:
            raise IndexError(f"entry {index} of {size}")
    leaves = leaves_of_tiles(log, {one // WIDTH for one in (*indexes, size - 1)}, size) if indexes else {}
    levels = {tree: _Levels(log, tree, size, leaves[tree]) for tree in leaves}
    return {index: {tree: level.path(index) for tree, level in levels.items()} for index in indexes}


class _Levels:
    """One tree as tiles have it: 256 hashes of a level lie below one of the next, the last of a level below fewer."""

    def __init__(self, log: str, tree: str, size: int, leaves: dict[int, list[bytes]]) -> None:
        self.log, self.tree, self.size, self.leaves = log, tree, size, leaves
        self.seen: dict[tuple[int, int], list[bytes]] = {}

    def path(self, index: int) -> list[bytes]:
        """An audit path is that within the tile, then that of the tile within the tile above, up to the root."""
        steps: list[bytes] = []
        level, last = 0, self.size - 1
        while level == 0 or last:
            index, place = divmod(index, WIDTH)
            steps += inclusion_proof(self._hashes(level, index), place, HASHES[self.tree])
            level, last = level + 1, last // WIDTH
        return steps

    def _hashes(self, level: int, number: int) -> list[bytes]:
        """What lies in tile `number` of a level: leaves, or roots of what is below, of which the last may be incomplete."""
        if level == 0:
            return self.leaves[number]
        if (level, number) not in self.seen:
            below = WIDTH**level
            first, end = number * WIDTH, min((number + 1) * WIDTH, -(-self.size // below))
            whole = min(end, self.size // below)
            found = subtree_hashes(self.log, self.tree, first, whole - first, level)
            if whole < end:
                found.append(root(self._hashes(level - 1, whole), HASHES[self.tree]))
            self.seen[level, number] = found
        return self.seen[level, number]


def tree_at(log: str, tree: str, size: int) -> Frontier:
    """The edge of the tree of the first `size` entries."""
    pieces, start = [], 0
    for power in reversed(range(size.bit_length())):
        if size & (1 << power):
            pieces.append(_root(log, tree, start, start + (1 << power)))
            start += 1 << power
    return Frontier(HASHES[tree], size, pieces)


def tree_root(*, log: str, tree: str, size: int) -> bytes:
    """Root over the first `size` entries as stored."""
    return _root(log, tree, 0, size)


def unfit_roots(log: str, size: int, roots: dict[str, bytes]) -> Iterator[int]:
    """Numbers of the kept roots of tiles that do not fit; `roots` by tree, as computed from the bodies.

    Each is compared only where they do not make those roots. Where entries are missing nothing is said of them.
    """
    if not kept_any(log):
        return
    try:
        made = {tree: tree_root(log=log, tree=tree, size=size) for tree in HASHES}
        if made != roots or kept_any(log, size // WIDTH):
            yield from wrong(log, size)
    except NoSuchTile:
        return


def _root(log: str, tree: str, start: int, end: int) -> bytes:
    """Root over entries `start` to `end` - 1; `start` is a multiple of the largest power of two in their number."""
    if end - start <= WIDTH:
        return root(_leaves(log, tree, start, end), HASHES[tree])
    whole = (end - start) // WIDTH
    if (end - start) % WIDTH == 0 and start % WIDTH == 0:
        return root(subtree_hashes(log, tree, start // WIDTH, whole), HASHES[tree])
    middle = start + (1 << ((end - start - 1).bit_length() - 1))
    return node_hash(_root(log, tree, start, middle), _root(log, tree, middle, end), HASHES[tree])


def _leaves(log: str, tree: str, start: int, end: int) -> list[bytes]:
    rows = Event.objects.filter(log=log, idx__gte=start, idx__lt=end).order_by("idx")
    return [as_bytes(leaf) for leaf in rows.values_list(f"leaf_{tree}", flat=True)]
