"""Merkle trees of RFC 6962 over a pluggable hash: frontier, root, inclusion and consistency proofs.

`leaf = H(0x00 ∥ bytes)`, `node = H(0x01 ∥ left ∥ right)`. The frontier of n leaves is the list of the perfect
subtrees of n's binary digits, largest first: all that is needed to append.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from yifa.proof.sm3 import sm3 as plain_sm3

Hash = Callable[[bytes], bytes]
LEAF, NODE = b"\x00", b"\x01"


class ProofBroken(Exception):
    """A proof does not hold."""


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _choose_sm3() -> Hash:
    try:
        start = hashlib.new("sm3")
    except ValueError:
        return plain_sm3

    def fast(data: bytes) -> bytes:
        state = start.copy()
        state.update(data)
        return state.digest()

    return fast


sm3: Hash = _choose_sm3()


AllHashes = Callable[[Iterable[bytes], bytes], list[bytes]]


def _primed(name: str, hasher: Hash) -> AllHashes:
    """Many hashes at once, each of a prefix and what is given: the state after the prefix is copied, no bytes are."""
    if hasher is plain_sm3:
        return _one_by_one(hasher)

    started = {prefix: hashlib.new(name, prefix) for prefix in (LEAF, NODE)}

    def fast(inputs: Iterable[bytes], prefix: bytes) -> list[bytes]:
        copy, found = started[prefix].copy, list[bytes]()
        keep = found.append
        for data in inputs:
            state = copy()
            state.update(data)
            keep(state.digest())
        return found

    return fast


def _one_by_one(hasher: Hash) -> AllHashes:
    return lambda inputs, prefix: [hasher(prefix + data) for data in inputs]


all_sha256 = _primed("sha256", sha256)
all_sm3 = _primed("sm3", sm3)


def leaf_hash(data: bytes, hasher: Hash) -> bytes:
    return hasher(b"\x00" + data)


def node_hash(left: bytes, right: bytes, hasher: Hash) -> bytes:
    return hasher(b"\x01" + left + right)


class Frontier:
    """The growing edge of one tree: `size` leaves, `hashes` largest subtree first (≤ log2(size) + 1 of them)."""

    def __init__(self, hasher: Hash, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """Raises ValueError when the number of hashes cannot belong to `size`."""
        if size < 0 or len(hashes) != size.bit_count():
            raise ValueError(f"frontier of {len(hashes)} hashes cannot belong to {size} leaves")
        self.hasher, self.size, self.hashes = hasher, size, list(hashes)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        size, hashes, hasher = self.size, self.hashes, self.hasher
        while size & 1:
            leaf = hasher(b"\x01" + hashes.pop() + leaf)
            size >>= 1
        hashes.append(leaf)
        self.size += 1

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add many leaf hashes, level by level: the same as appending them one by one, and faster."""
        level, rest, kept = list(leaves), self.size, []
        hash_all = {sha256: all_sha256, sm3: all_sm3}.get(self.hasher, _one_by_one(self.hasher))
        while level:
            if rest & 1:
                level.insert(0, self.hashes.pop())
            if len(level) & 1:
                kept.append(level.pop())
            # each pair is made as it is hashed: a list of them all would leave the cache first
            level = hash_all(map(b"".join, zip(level[::2], level[1::2], strict=True)), NODE)
            rest >>= 1
        self.hashes += reversed(kept)
        self.size += len(leaves)

    def widths(self) -> list[int]:
        """How many leaves each of the hashes stands for."""
        return [1 << power for power in reversed(range(self.size.bit_length())) if self.size >> power & 1]

    def root(self) -> bytes:
        """Root of the whole tree; of no leaves, the hash of nothing."""
        if not self.hashes:
            return self.hasher(b"")
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root, self.hasher)
        return root


def root(leaves: Sequence[bytes], hasher: Hash) -> bytes:
    """Root over leaf hashes."""
    frontier = Frontier(hasher)
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (≥ 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(leaves: Sequence[bytes], index: int, hasher: Hash) -> list[bytes]:
    """Audit path of leaf `index`, nearest first (RFC 6962 §2.1.1). Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    if len(leaves) == 1:
        return []
    at = _split(len(leaves))
    if index < at:
        return [*inclusion_proof(leaves[:at], index, hasher), root(leaves[at:], hasher)]
    return [*inclusion_proof(leaves[at:], index - at, hasher), root(leaves[:at], hasher)]


def consistency_proof(leaves: Sequence[bytes], old: int, hasher: Hash) -> list[bytes]:
    """That the first `old` leaves are a prefix of all (RFC 6962 §2.1.2). Raises IndexError unless 0 < old ≤ n."""
    if not 0 < old <= len(leaves):
        raise IndexError(f"old size {old} of {len(leaves)}")
    return _subproof(leaves, old, hasher, whole=True)


def _subproof(leaves: Sequence[bytes], old: int, hasher: Hash, *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root(leaves, hasher)]
    at = _split(len(leaves))
    if old <= at:
        return [*_subproof(leaves[:at], old, hasher, whole=whole), root(leaves[at:], hasher)]
    return [*_subproof(leaves[at:], old - at, hasher, whole=False), root(leaves[:at], hasher)]


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, hasher: Hash
) -> None:
    """Raises ProofBroken unless `leaf` is number `index` of the `size` leaves under `root`."""
    if not 0 <= index < size:
        raise ProofBroken(f"index {index} is outside a tree of {size}")
    computed, place, last = leaf, index, size - 1
    for step in proof:
        if last == 0:
            raise ProofBroken("the inclusion proof is too long")
        if place & 1 or place == last:
            computed = node_hash(step, computed, hasher)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            computed = node_hash(computed, step, hasher)
        place, last = place >> 1, last >> 1
    if last or computed != root:
        raise ProofBroken(f"leaf {index} is not under this root of {size} leaves")


def verify_consistency(
    *, old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes], hasher: Hash
) -> None:
    """Raises ProofBroken unless the tree of `old_size` is a prefix of that of `new_size` (0 < old ≤ new)."""
    if not 0 < old_size <= new_size:
        raise ProofBroken(f"sizes {old_size} and {new_size} cannot be compared")
    if old_size == new_size:
        if proof or old_root != new_root:
            raise ProofBroken("two roots of the same size differ")
        return
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        raise ProofBroken("the consistency proof is empty")
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            raise ProofBroken("the consistency proof is too long")
        if place & 1 or place == last:
            before, after = node_hash(step, before, hasher), node_hash(step, after, hasher)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step, hasher)
        place, last = place >> 1, last >> 1
    if last or before != old_root or after != new_root:
        raise ProofBroken(f"the log of {old_size} entries is not the beginning of that of {new_size}")
