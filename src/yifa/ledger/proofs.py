"""Inclusion proofs for entries of the log, from the stored leaves; complete subtrees of 256 and more are remembered."""

from __future__ import annotations

from yifa.ledger.models import Event
from yifa.ledger.tiles import HASHES, subtree_hashes
from yifa.proof.merkle import Frontier, node_hash, root
from yifa.proof.tiles import WIDTH


def inclusion(*, log: str, tree: str, index: int, size: int) -> list[bytes]:
    """Audit path of entry `index` in the tree of the first `size` entries, nearest first. Raises IndexError."""
    if not 0 <= index < size:
        raise IndexError(f"entry {index} of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        if index < middle:
            path.append(_root(log, tree, middle, end))
            end = middle
        else:
            path.append(_root(log, tree, start, middle))
            start = middle
    return path[::-1]


def tree_at(log: str, tree: str, size: int) -> Frontier:
    """The edge of the tree of the first `size` entries."""
    pieces, start = [], 0
    for power in reversed(range(size.bit_length())):
        if size & (1 << power):
            pieces.append(_root(log, tree, start, start + (1 << power)))
            start += 1 << power
    return Frontier(HASHES[tree], size, pieces)


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
    return [bytes(leaf) for leaf in rows.values_list(f"leaf_{tree}", flat=True)]


def tree_root(*, log: str, tree: str, size: int) -> bytes:
    """Root over the first `size` entries as stored."""
    return _root(log, tree, 0, size)
