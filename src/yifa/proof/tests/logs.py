"""A log as an export holds it, for tests: signed head, tiles of every level, entries, the changes of its key."""

from __future__ import annotations

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yifa.proof.checkpoint import Checkpoint, PublicKey, Signature, format_note
from yifa.proof.merkle import leaf_hash, root, sha256, sm3
from yifa.proof.tests.papers import entry
from yifa.proof.tests.test_stand_alone_verifier import KEY
from yifa.proof.tiles import WIDTH, Tile

HASHES = {"sha256": sha256, "sm3": sm3}
NEW_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ROTATED = 260
ANCHORED = 41
ORIGIN = "test.invalid/log/case"


def verifier_key(tree: str = "sha256", key: Ed25519PrivateKey = KEY) -> PublicKey:
    return PublicKey(ORIGIN + ("/sm3" if tree == "sm3" else ""), key.public_key().public_bytes_raw())


def bodies(count: int, *, rotated: bool = False) -> list[bytes]:
    found = [entry(idx, "act_recorded") for idx in range(count)]
    if count > ANCHORED:
        details = {
            "source": "ssq",
            "issue": "2026025",
            "value": "01,07,12,18,22,30+09",
            "published_on": "2026-03-03",
        }
        found[ANCHORED] = entry(ANCHORED, "anchor.in", details=details)
    if rotated:
        found[ROTATED] = rotation(ROTATED)
    return found


def rotation(idx: int) -> bytes:
    old, new = (key.public_key().public_bytes_raw().hex() for key in (KEY, NEW_KEY))
    text = f"yifa-key-rotation/1\ntest.invalid\n1\n{old}\n{new}\n".encode()
    by_old, by_new = (key.sign(text).hex() for key in (KEY, NEW_KEY))
    details = {"epoch": 1, "old": old, "new": new, "by_old": by_old, "by_new": by_new}
    return entry(idx, "key_rotated", details=details)


def note(leaves: list[bytes], tree: str, key: Ed25519PrivateKey) -> str:
    public = verifier_key(tree, key)
    text = Checkpoint(public.name, len(leaves), root(leaves, HASHES[tree])).text()
    return format_note(text, [Signature(public.name, public.id, key.sign(text.encode()))])


def exported(folder: Path, count: int, tree: str = "sha256", *, rotated: bool = False) -> Path:
    """The folder of a tree of `count` entries; for SM3 it stands below the entries, as in an export."""
    written = bodies(count, rotated=rotated)
    leaves = [leaf_hash(body, HASHES[tree]) for body in written]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "entries.jsonl").write_bytes(b"".join(body + b"\n" for body in written))
    below = folder / "sm3" if tree == "sm3" else folder
    level, hashes = 0, leaves
    while hashes:
        for at in range(0, len(hashes), WIDTH):
            part = hashes[at : at + WIDTH]
            path = below / "tile" / Tile(level, at // WIDTH, len(part)).address()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(part))
        whole = range(0, len(hashes) - WIDTH + 1, WIDTH)
        level, hashes = level + 1, [root(hashes[at : at + WIDTH], HASHES[tree]) for at in whole]
    (below / "checkpoint").write_text(note(leaves, tree, NEW_KEY if rotated else KEY))
    changes = [{"idx": ROTATED, "body": written[ROTATED].decode()}] if rotated else []
    (below / "rotations.json").write_text(
        json.dumps({"format": "yifa-rotations/1", "rotations": changes}, ensure_ascii=False)
    )
    anchors = [{"idx": ANCHORED, "body": written[ANCHORED].decode()}]
    (below / "anchors.json").write_text(json.dumps({"format": "yifa-anchors/1", "anchors": anchors}))
    return below


def flip(path: Path, place: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << bit
    path.write_bytes(bytes(data))


def succeeded(folder: Path) -> tuple[Path, dict[str, Path], str]:
    """A successor log that owns to 300 entries of the log before; heads of that one somebody kept; the verifier key."""
    leaves = [leaf_hash(body, sha256) for body in bodies(310)]
    details = {
        "cause": "damage", "old_origin": ORIGIN, "old_size": 300,
        "old_root": root(leaves[:300], sha256).hex(), "old_root_sm3": "00" * 32,
    }  # fmt: skip
    first = entry(0, "log.successor", details=details)
    public = PublicKey(ORIGIN + "-2", KEY.public_key().public_bytes_raw())
    text = Checkpoint(public.name, 1, leaf_hash(first, sha256)).text()
    log = folder / "case-2"
    (log / "tile/0").mkdir(parents=True)
    (log / "tile/0/000.p/1").parent.mkdir()
    (log / "tile/0/000.p/1").write_bytes(leaf_hash(first, sha256))
    (log / "checkpoint").write_text(
        format_note(text, [Signature(public.name, public.id, KEY.sign(text.encode()))])
    )
    told = {"format": "yifa-rotations/1", "first": first.decode(), "rotations": []}
    (log / "rotations.json").write_text(json.dumps(told, ensure_ascii=False))
    forked = [*leaves[:299], sha256(b"another")]
    kept = {name: folder / name for name in ("sound", "longer", "forked")}
    for name, hashes in (("sound", leaves[:200]), ("longer", leaves), ("forked", forked)):
        kept[name].write_text(note(hashes, "sha256", KEY))
    return log, kept, public.encoded()
