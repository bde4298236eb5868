"""Who signs the heads: the signer interface, and Ed25519 with a key file outside database and web root.

SM2 from a hardware key signs the SM3 note through the same interface when it is there.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yifa.proof.checkpoint import Note, NoteBroken, PublicKey, Signature

KEY_FILE = "log-ed25519.key"


class SigningRefused(Exception):
    """No head is signed, and why, in words for the page and the log. Nothing was changed."""


class Signer(Protocol):
    """Signs the text of a note under one name."""

    public: PublicKey

    def sign(self, text: bytes) -> Signature: ...

    def require_own(self, note: Note) -> None:
        """Raises NoteBroken unless the note carries a signature of this signer that holds."""


class Ed25519Signer:
    """`name` is the origin of the tree, so that one key has another id for each tree."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = PublicKey(name, key.public_key().public_bytes_raw())

    def sign(self, text: bytes) -> Signature:
        return Signature(self.public.name, self.public.id, self._key.sign(text))

    def require_own(self, note: Note) -> None:
        try:
            self._key.public_key().verify(note.by(self.public).value, note.text.encode())
        except InvalidSignature as error:
            raise NoteBroken(f"the signature of {self.public.name} does not hold") from error


def load_key(folder: Path, *, make: bool) -> Ed25519PrivateKey:
    """The key in `folder` (32 bytes in hex, mode 0600). Where there is none: made if `make`, else SigningRefused.

    Refused too: a file that others may read, that is no key, or that cannot be read or written.
    """
    path = folder / KEY_FILE
    try:
        if make and not path.exists():
            make_key(path)
        return read_key(path)
    except FileNotFoundError as error:
        raise SigningRefused(
            f"签名私钥不见了：{path}。此前已签过日志头，不能换一把新的代替；请从密钥备份恢复"
        ) from error
    except OSError as error:
        raise SigningRefused(f"签名私钥不能使用：{path}（{error.strerror}）") from error


def make_key(path: Path) -> None:
    """A new private key in a file only the owner may read. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    write_through(new, Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
    try:
        os.link(new, path)  # fails where another process was first: its key counts
    except FileExistsError:
        pass
    finally:
        new.unlink()


def read_key(path: Path) -> Ed25519PrivateKey:
    """Raises SigningRefused where others may read it or it is no key, OSError where it cannot be read."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SigningRefused(f"签名私钥 {path} 可被他人读取，请先执行：chmod 600 {path}")
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
    except ValueError as error:
        raise SigningRefused(f"签名私钥文件已损坏：{path}。请从密钥备份恢复") from error


def write_through(path: Path, text: str) -> None:
    """Write a file only the owner may read, on the disk when this returns. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
