"""A log head as others hold it: C2SP tlog-checkpoint (exactly three body lines) in a C2SP signed note.

Pure text: parsing, spelling and key ids. Who signs and how signatures are checked is the caller's business.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

ED25519 = 0x01
DASH = "— "  # em dash and a space open every signature line
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
NAME = re.compile(r"[^\s+]+")


class NoteBroken(ValueError):
    """The text is not a signed note, not a checkpoint or not a key."""


@dataclass(frozen=True)
class PublicKey:
    """A verifier key: the name it signs under, the algorithm byte of C2SP, the raw key."""

    name: str
    key: bytes
    algorithm: int = ED25519

    @property
    def id(self) -> bytes:
        """First four bytes of SHA-256(name ∥ 0x0A ∥ algorithm ∥ key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.key).digest()[:4]

    def encoded(self) -> str:
        """`name+hex id+base64(algorithm ∥ key)`, the vkey others type into their tools."""
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.algorithm]) + self.key).decode()}"


def parse_key(text: str) -> PublicKey:
    """Inverse of `PublicKey.encoded`. Raises NoteBroken, also where the id does not belong to the key."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not NAME.fullmatch(parts[0]):
        raise NoteBroken("a key is written name+id+base64")
    raw = _decoded(parts[2])
    if len(raw) < 2:
        raise NoteBroken("the key is empty")
    found = PublicKey(parts[0], raw[1:], raw[0])
    if found.id.hex() != parts[1]:
        raise NoteBroken(f"the id {parts[1]} does not belong to this key of {parts[0]}")
    return found


@dataclass(frozen=True)
class Signature:
    """One line under a note: who signed, with which key, and the bytes of the signature."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        return f"{DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A signed text; `text` ends with a line feed and is what is signed, in UTF-8."""

    text: str
    signatures: tuple[Signature, ...]

    def by(self, key: PublicKey) -> Signature:
        """The signature made with `key`. Raises NoteBroken where there is none."""
        for one in self.signatures:
            if (one.name, one.key_id) == (key.name, key.id):
                return one
        raise NoteBroken(f"no signature by {key.name} with key {key.id.hex()}")


def format_note(text: str, signatures: Sequence[Signature]) -> str:
    """The note as published: text, an empty line, one line a signature. Raises NoteBroken on a bad text or name."""
    _check_text(text)
    if not signatures or not all(NAME.fullmatch(one.name) for one in signatures):
        raise NoteBroken("a note needs a signature; its name has no space and no +")
    return text + "\n" + "".join(one.line() for one in signatures)


def parse_note(data: bytes) -> Note:
    """Read a note. Raises NoteBroken; nothing is verified here."""
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise NoteBroken("a note is UTF-8") from error
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise NoteBroken("a note is a text, an empty line and signature lines, each ended by a line feed")
    text += "\n"
    _check_text(text)
    return Note(text, tuple(_signature(line) for line in lines[:-1].split("\n")))


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not NAME.fullmatch(name):
        raise NoteBroken("a signature line is — name base64")
    raw = _decoded(encoded)
    if len(raw) < 5:
        raise NoteBroken(f"the signature of {name} is too short")
    return Signature(name, raw[:4], raw[4:])


@dataclass(frozen=True)
class Checkpoint:
    """The head of one tree: origin (`host/log/case`), number of entries, root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The body of a note as a checkpoint of exactly three lines. Raises NoteBroken."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise NoteBroken("a checkpoint has three lines: origin, size, root")
    if not SIZE.fullmatch(lines[1]):
        raise NoteBroken(f"{lines[1]!r} is not a size")
    root = _decoded(lines[2])
    if len(root) != 32:
        raise NoteBroken(f"a root has 32 bytes, not {len(root)}")
    return Checkpoint(lines[0], int(lines[1]), root)


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(char < " " and char != "\n" for char in text):
        raise NoteBroken("the text of a note ends with a line feed and has no control characters")


def _decoded(text: str) -> bytes:
    try:
        raw = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteBroken(f"{text[:20]!r} is not base64") from error
    if b64encode(raw).decode() != text:
        raise NoteBroken(f"{text[:20]!r} is not the one base64 spelling")
    return raw
