"""The bytes and vectors printed in docs/spec/ledger.md are those the code gives."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from yifa.proof.canon import canon, canon_stored
from yifa.proof.merkle import leaf_hash, root, sha256, sm3

PAGE = (Path(__file__).parents[4] / "docs/spec/ledger.md").read_text(encoding="utf-8")
HASHES = (sha256, sm3)


def row(label: str) -> list[str]:
    """The hex cells of the table row that begins with `label`."""
    (line,) = re.findall(rf"^\| {re.escape(label)} \|.*$", PAGE, re.MULTILINE)
    return re.findall(r"`([0-9a-f]{64})`", line)


def test_the_printed_entry_is_canonical_and_has_the_printed_leaves_and_roots():
    (line,) = re.findall(r"^    (\{\"actor.*\})$", PAGE, re.MULTILINE)
    body = line.encode()
    assert canon(json.loads(body)) == body
    assert f"({len(body)} bytes, one line)" in PAGE
    second = canon({**json.loads(body), "idx": 1})
    assert row("leaf") == [leaf_hash(body, hasher).hex() for hasher in HASHES]
    assert row('root of it and its copy with `"idx":1`') == [
        root([leaf_hash(body, hasher), leaf_hash(second, hasher)], hasher).hex() for hasher in HASHES
    ]


def test_the_printed_roots_follow_from_the_printed_inputs():
    (block,) = re.findall(r"\(hex: empty, (.*?)\):", PAGE, re.DOTALL)
    inputs = [b"", *(bytes.fromhex(data) for data in re.findall(r"`([0-9a-f]+)`", block))]
    assert len(inputs) == 8
    for size in (0, 1, 3, 8):
        expected = [
            root([leaf_hash(data, hasher) for data in inputs[:size]], hasher).hex() for hasher in HASHES
        ]
        assert row(str(size)) == expected


def test_the_printed_stored_value_is_spelt_as_printed():
    spelt = canon_stored("甲\n乙")
    assert f"`{spelt.hex()}`" in PAGE
    assert f"`{hashlib.sha256(spelt).hexdigest()}`" in PAGE
