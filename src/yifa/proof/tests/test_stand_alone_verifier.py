"""The stand-alone file alone: what was tampered with is refused, what is missing is not judged, what holds holds."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yifa.proof import verify
from yifa.proof.checkpoint import Checkpoint, PublicKey, Signature, format_note
from yifa.proof.merkle import root, sha256, sm3
from yifa.proof.tiles import Tile

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIZE = 600
# RFC 8032, 7.1: TEST 1 and TEST 2 — public key, message, signature
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]
RFC_KEY = bytes.fromhex(RFC_8032[0][0])


def public(tree: str) -> PublicKey:
    name = "test.invalid/log/case" + ("/sm3" if tree == "sm3" else "")
    return PublicKey(name, KEY.public_key().public_bytes_raw())


def leaves(count: int = SIZE) -> list[bytes]:
    return [sha256(number.to_bytes(4, "big")) for number in range(count)]


def head(hashes: list[bytes], tree: str = "sha256") -> str:
    text = Checkpoint(
        public(tree).name, len(hashes), root(hashes, {"sha256": sha256, "sm3": sm3}[tree])
    ).text()
    return format_note(text, [Signature(public(tree).name, public(tree).id, KEY.sign(text.encode()))])


def published(folder: Path, hashes: list[bytes], tree: str = "sha256") -> Path:
    """A folder as one would download the log."""
    (folder / "checkpoint").write_text(head(hashes, tree))
    for start in range(0, len(hashes), 256):
        part = hashes[start : start + 256]
        path = folder / "tile" / Tile(0, start // 256, len(part)).address()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(part))
    return folder


def run(folder: Path, *more: str, tree: str = "sha256", key: str = "") -> int:
    return verify.main(["log", str(folder), "--key", key or public(tree).encoded(), *more])


def test_a_changed_leaf_is_refused(tmp_path, capsys):
    published(tmp_path, leaves())
    path = tmp_path / "tile/0/001"
    data = path.read_bytes()
    path.write_bytes(data[:40] + bytes([data[40] ^ 1]) + data[41:])
    assert run(tmp_path) == 1
    assert "前 600 条算得的树根与 checkpoint 不一致" in capsys.readouterr().out


def test_a_tile_cut_short_is_refused(tmp_path):
    published(tmp_path, leaves())
    (tmp_path / "tile/0/002.p/88").write_bytes(b"".join(leaves()[512:599]))
    assert run(tmp_path) == 1


@pytest.mark.parametrize("change", [("600", "601"), ("test.invalid", "evil.invalid")])
def test_a_head_whose_words_changed_is_refused(tmp_path, change):
    published(tmp_path, leaves())
    path = tmp_path / "checkpoint"
    path.write_text(path.read_text().replace(*change, 1))
    assert run(tmp_path) == 1


def test_a_head_signed_by_another_key_is_refused(tmp_path):
    published(tmp_path, leaves())
    assert run(tmp_path, key=PublicKey(public("sha256").name, RFC_KEY).encoded()) == 1


def test_a_rewritten_history_is_refused_by_who_kept_an_older_head(tmp_path, capsys):
    kept = tmp_path / "kept"
    kept.write_text(head(leaves(300)))
    published(tmp_path, leaves())
    assert run(tmp_path, "--older", str(kept)) == 0
    other = [sha256(b"another"), *leaves()[1:]]
    published(tmp_path, other)
    assert run(tmp_path) == 0
    assert run(tmp_path, "--older", str(kept)) == 1
    assert f"前 300 条算得的树根与 {kept} 不一致" in capsys.readouterr().out


def test_a_shorter_log_and_two_versions_of_one_size_are_refused(tmp_path, capsys):
    kept = tmp_path / "kept"
    published(tmp_path, leaves(300))
    kept.write_text(head(leaves()))
    assert run(tmp_path, "--older", str(kept)) == 1
    assert "日志变短了" in capsys.readouterr().out
    kept.write_text(head([sha256(b"another"), *leaves(300)[1:]]))
    assert run(tmp_path, "--older", str(kept)) == 1
    assert "日志有两个版本" in capsys.readouterr().out


def test_what_is_missing_or_unreadable_is_not_judged(tmp_path, capsys):
    assert run(tmp_path) == 2
    published(tmp_path, leaves())
    assert run(tmp_path, key="x") == 2
    assert run(tmp_path, key=public("sha256").encoded()[:-4]) == 2
    assert verify.main(["log"]) == verify.main([]) == verify.main(["nothing"]) == 2
    (tmp_path / "tile/0/001").unlink()
    assert run(tmp_path, "--json") == 2
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ok"] is None
    (tmp_path / "checkpoint").write_bytes(b"\xff")
    assert run(tmp_path) == 2


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
@pytest.mark.parametrize("size", [0, 1, 256, 600])
def test_a_sound_log_holds_in_both_trees(tmp_path, tree, size):
    published(tmp_path, leaves(size), tree)
    assert run(tmp_path, tree=tree) == 0


def test_it_runs_alone_without_the_product(tmp_path):
    published(tmp_path, leaves())
    alone = tmp_path / "yifa-verify.py"
    alone.write_bytes(Path(verify.__file__).read_bytes())
    command = [
        sys.executable,
        "-I",
        "-S",
        str(alone),
        "log",
        str(tmp_path),
        "--key",
        public("sha256").encoded(),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["size"] == SIZE


def test_it_is_short_enough_to_be_read():
    """One file, and no more of it than docs/decisions/0016 gives account of."""
    assert Path(verify.__file__).read_text(encoding="utf-8").count("\n") <= 712


@pytest.mark.parametrize("index", [0, 7, 999, 1000, 1234067, 5_000_000_000])
def test_tiles_are_asked_for_at_the_address_where_they_are_published(monkeypatch, index):
    asked = []
    monkeypatch.setattr(verify, "fetch", lambda name, source: asked.append(name) or bytes(32 * 256))
    verify.tile("", 0, index, 256)
    assert asked == [f"tile/{Tile(0, index).address()}"]


def test_damaged_files_are_not_judged_and_never_end_in_a_traceback(tmp_path):
    path, key = tmp_path / "file", public("sha256").encoded()
    deep = '{"format":"yifa-bundle/1","a":' + "[" * 100_000
    for text in (
        "",
        "[]",
        "null",
        "1",
        deep,
        '{"format":"yifa-bundle/1"}',
        '{"format":"yifa-bundle/1","checkpoint":5}',
    ):
        path.write_text(text)
        for what in ("bundle", "report", "document", "draw"):
            assert verify.main([what, str(path), "--key", key]) == 2, (what, text[:40])


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_signatures_of_the_rfc_hold_and_any_flipped_bit_does_not(key, message, signature):
    parts = [bytes.fromhex(part) for part in (key, message, signature)]
    assert verify.ed25519_holds(*parts)
    rng = Random(8032)
    for _ in range(20):
        at, bit = rng.randrange(64), 1 << rng.randrange(8)
        wrong = bytearray(parts[2])
        wrong[at] ^= bit
        assert not verify.ed25519_holds(parts[0], parts[1], bytes(wrong))
    assert not verify.ed25519_holds(parts[0], parts[1] + b"x", parts[2])


def test_a_signature_with_a_second_spelling_is_refused():
    """S + L verifies in careless implementations."""
    key, message, signature = (bytes.fromhex(part) for part in RFC_8032[1])
    larger = int.from_bytes(signature[32:], "little") + verify.ORDER
    assert not verify.ed25519_holds(key, message, signature[:32] + larger.to_bytes(32, "little"))


def test_its_own_sm3_is_that_of_the_standard():
    for data in (b"abc", b"abcd" * 16, b"", bytes(1000)):
        assert verify.plain_sm3(data) == sm3(data)
    assert b64encode(verify.plain_sm3(b"abc")) == b64encode(
        bytes.fromhex("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
    )
