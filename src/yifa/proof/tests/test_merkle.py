"""RFC 6962 trees in both hashes: published vectors, every proof up to 70 leaves, tampered ones refused."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import pytest

from yifa.proof import merkle
from yifa.proof.merkle import Frontier, ProofBroken, leaf_hash, root, sha256, sm3
from yifa.proof.sm3 import sm3 as plain_sm3

HASHES = {"sha256": sha256, "sm3": sm3}
INPUTS = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    bytes(range(0x50, 0x58)),
    bytes(range(0x60, 0x70)),
]
VECTORS = [
    ("sha256", 0, "e3b0c442", "b855"),
    ("sha256", 1, "6e340b9c", "a01d"),
    ("sha256", 3, "aeb6bcfe", "6e77"),
    ("sha256", 8, "5dc9da79", "4328"),
    ("sm3", 0, "1ab21d83", "aa2b"),
    ("sm3", 1, "2daef60e", "7fdf"),
    ("sm3", 3, "209ec96a", "ea56"),
    ("sm3", 8, "bc48ba7a", "3b38"),
]
SIZES = range(1, 71)


@lru_cache
def leaves(name: str) -> list[bytes]:
    return [leaf_hash(f"entry {i}".encode(), HASHES[name]) for i in range(70)]


@lru_cache
def roots(name: str) -> list[bytes]:
    return [root(leaves(name)[:n], HASHES[name]) for n in range(71)]


def flipped(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


@pytest.mark.parametrize(("name", "size", "begins", "ends"), VECTORS)
def test_the_published_vectors_hold(name, size, begins, ends):
    hasher = HASHES[name]
    found = root([leaf_hash(data, hasher) for data in INPUTS[:size]], hasher).hex()
    assert (found[:8], found[-4:]) == (begins, ends)


@pytest.mark.parametrize("name", HASHES)
def test_every_inclusion_proof_holds_and_a_tampered_one_does_not(name):
    hasher, all_leaves = HASHES[name], leaves(name)
    for size in SIZES:
        for index in range(size):
            proof = merkle.inclusion_proof(all_leaves[:size], index, hasher)
            claim = {"leaf": all_leaves[index], "index": index, "size": size, "root": roots(name)[size]}
            merkle.verify_inclusion(**claim, proof=proof, hasher=hasher)
            wrong = [*proof[:-1], flipped(proof[-1])] if proof else [bytes(32)]
            with pytest.raises(ProofBroken):
                merkle.verify_inclusion(**claim, proof=wrong, hasher=hasher)


@pytest.mark.parametrize("name", HASHES)
def test_every_consistency_proof_holds_and_a_tampered_one_does_not(name):
    hasher, all_leaves, known = HASHES[name], leaves(name), roots(name)
    for size in SIZES:
        for old in range(1, size + 1):
            proof = merkle.consistency_proof(all_leaves[:size], old, hasher)
            claim = {"old_size": old, "new_size": size, "old_root": known[old], "new_root": known[size]}
            merkle.verify_consistency(**claim, proof=proof, hasher=hasher)
            wrong = [*proof[:-1], flipped(proof[-1])] if proof else [bytes(32)]
            with pytest.raises(ProofBroken):
                merkle.verify_consistency(**claim, proof=wrong, hasher=hasher)


def test_a_proof_for_another_place_or_root_does_not_hold():
    proof = merkle.inclusion_proof(leaves("sha256")[:11], 4, sha256)
    claim = {
        "leaf": leaves("sha256")[4],
        "size": 11,
        "root": roots("sha256")[11],
        "proof": proof,
        "hasher": sha256,
    }
    merkle.verify_inclusion(**claim, index=4)
    for index in (-1, 3, 5, 11):
        with pytest.raises(ProofBroken):
            merkle.verify_inclusion(**claim, index=index)
    for other in (proof[:-1], [*proof, bytes(32)], []):
        with pytest.raises(ProofBroken):
            merkle.verify_inclusion(**{**claim, "proof": other}, index=4)


def test_a_forked_history_is_not_consistent():
    proof = merkle.consistency_proof(leaves("sha256")[:9], 5, sha256)
    fork = root([flipped(leaves("sha256")[0]), *leaves("sha256")[1:5]], sha256)
    with pytest.raises(ProofBroken):
        merkle.verify_consistency(
            old_size=5, old_root=fork, new_size=9, new_root=roots("sha256")[9], proof=proof, hasher=sha256
        )


def test_a_frontier_that_cannot_belong_to_its_size_is_refused():
    for size, hashes in [(-1, []), (0, [bytes(32)]), (3, [bytes(32)]), (4, [bytes(32)] * 2)]:
        with pytest.raises(ValueError, match="cannot belong"):
            Frontier(sha256, size, hashes)


def test_a_frontier_taken_up_again_gives_the_same_roots():
    for cut in SIZES:
        first = Frontier(sha256)
        for leaf in leaves("sha256")[:cut]:
            first.append(leaf)
        again = Frontier(sha256, first.size, first.hashes)
        for leaf in leaves("sha256")[cut:]:
            again.append(leaf)
        assert first.root() == roots("sha256")[cut]
        assert again.root() == roots("sha256")[70]


def test_plain_sm3_gives_the_standard_vectors():
    assert plain_sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert plain_sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_plain_sm3_agrees_with_openssl_at_every_padding():
    for size in range(200):
        data = bytes(range(size))
        assert plain_sm3(data) == hashlib.new("sm3", data).digest()


@pytest.mark.parametrize("hasher", [sha256, sm3, lambda data: sha256(data)[:16]])
def test_many_leaves_at_once_grow_the_tree_like_one_by_one(hasher):
    for size in range(20):
        for more in range(20):
            leaves = [hasher(bytes([number])) for number in range(size + more)]
            one, many = Frontier(hasher), Frontier(hasher)
            for leaf in leaves:
                one.append(leaf)
            many.extend(leaves[:size])
            many.extend(leaves[size:])
            assert (many.size, many.hashes) == (one.size, one.hashes)
