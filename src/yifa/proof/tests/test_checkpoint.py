"""Notes and checkpoints: what is not exactly one is refused; those of others are read as they are."""

from __future__ import annotations

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from yifa.proof.checkpoint import (
    Checkpoint,
    NoteBroken,
    PublicKey,
    Signature,
    format_note,
    parse_checkpoint,
    parse_key,
    parse_note,
)

ROOT = b64encode(bytes(32)).decode()
# The example of the Go package golang.org/x/mod/sumdb/note, and the key of the Go checksum database.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = (
    SAID
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SUMDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"

BAD_CHECKPOINTS = [
    "a.invalid/log/case\n1\n",
    f"a.invalid/log/case\n1\n{ROOT}",
    f"a.invalid/log/case\n1\n{ROOT}\nextension\n",
    f"\n1\n{ROOT}\n",
    f"a.invalid/log/case\n01\n{ROOT}\n",
    f"a.invalid/log/case\n-1\n{ROOT}\n",
    f"a.invalid/log/case\n１\n{ROOT}\n",
    f"a.invalid/log/case\n1\n{ROOT[:-1]}\n",
    f"a.invalid/log/case\n1\n{ROOT[:-2]}B=\n",
    "a.invalid/log/case\n1\nAAAA\n",
]
BAD_NOTES = [
    b"",
    b"text\n",
    b"text\n\n",
    "text\n\n— name AAAAAAAA".encode(),
    b"text\n\n- name AAAAAAAA\n",
    "text\n\n— name AAAA\n".encode(),
    "text\n\n— na+me AAAAAAAA\n".encode(),
    "text\n\n— name A*AAAAAA\n".encode(),
    "text\n\n— name AAAAAAAA\nmore\n".encode(),
    "te\rxt\n\n— name AAAAAAAA\n".encode(),
    b"\xff\n\n\xe2\x80\x94 name AAAAAAAA\n",
]


@pytest.mark.parametrize("text", BAD_CHECKPOINTS)
def test_what_is_not_three_lines_is_no_checkpoint(text):
    with pytest.raises(NoteBroken):
        parse_checkpoint(text)


@pytest.mark.parametrize("data", BAD_NOTES)
def test_what_is_not_a_text_with_signatures_is_no_note(data):
    with pytest.raises(NoteBroken):
        parse_note(data)


@pytest.mark.parametrize(
    "text", ["", "a+b", NEUMANN.replace("c74f", "c74e"), NEUMANN[:-4], "a b+00000000+AQ=="]
)
def test_a_key_whose_id_is_not_its_own_is_refused(text):
    with pytest.raises(NoteBroken):
        parse_key(text)


def test_a_note_needs_a_signature_and_a_sound_name():
    for signatures in ([], [Signature("a b", b"1234", b"5")]):
        with pytest.raises(NoteBroken):
            format_note("text\n", signatures)
    with pytest.raises(NoteBroken):
        format_note("text", [Signature("a", b"1234", b"5")])


def test_a_signature_by_another_key_is_not_taken_for_this_one():
    note = parse_note(SIGNED.encode())
    with pytest.raises(NoteBroken, match="no signature by"):
        note.by(PublicKey("PeterNeumann", bytes(32)))


def test_the_example_of_the_go_package_is_read_and_its_signature_holds():
    key, note = parse_key(NEUMANN), parse_note(SIGNED.encode())
    assert (key.encoded(), note.text) == (NEUMANN, SAID)
    Ed25519PublicKey.from_public_bytes(key.key).verify(note.by(key).value, note.text.encode())
    assert format_note(note.text, note.signatures) == SIGNED


def test_the_key_of_the_go_checksum_database_has_its_published_id():
    assert parse_key(SUMDB).encoded() == SUMDB


def test_a_checkpoint_is_three_lines_and_comes_back():
    one = Checkpoint("demo.invalid/log/case", 20852163, bytes(range(32)))
    assert one.text().split("\n")[:2] == ["demo.invalid/log/case", "20852163"]
    assert parse_checkpoint(one.text()) == one
