"""Heads of both logs that others cosigned: who, up to which size, when; and whether that is long ago.

Public keys of witnesses stand in `YIFA_KEYS/witnesses.txt`, one a line; the latest cosigned head of each beside it. Both are
outside the database: it is its administrator whom the witnesses contradict.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from yifa.ledger.checkpoints import last_signed, origin
from yifa.ledger.proofs import tree_root
from yifa.ledger.rotation import require_ours
from yifa.ledger.signing import SigningRefused, write_through
from yifa.ledger.subtrees import HASHES
from yifa.ledger.succession import KINDS, generations, kind_of
from yifa.proof.checkpoint import NoteBroken, PublicKey, parse_checkpoint, parse_key, parse_note

COSIGNATURE = 0x04
STALE = timedelta(hours=72)


@dataclass(frozen=True)
class Witnessed:
    """A witness with the head of a log cosigned last; `size` 0 and `at` None before the first."""

    name: str
    size: int = 0
    at: datetime | None = None
    log: str = "case"

    def stale(self, now: datetime) -> bool:
        return self.at is None or now - self.at > STALE

    @property
    def kind(self) -> str:
        """`case` or `access`, whichever successor of it this is."""
        return kind_of(self.log)

    @property
    def place(self) -> tuple[str, int, datetime]:
        """What is later stands higher: another generation, more entries, the same ones seen again."""
        return self.log, self.size, self.at or datetime.min.replace(tzinfo=UTC)


class CosignatureRefused(Exception):
    """The file is not taken in, and why."""


def known() -> list[PublicKey]:
    """Keys of the witnesses named. Raises CosignatureRefused on a line that is no key, or a file that is no text."""
    try:
        lines = (settings.KEYS / "witnesses.txt").read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise CosignatureRefused(
            f"{settings.KEYS / 'witnesses.txt'} 不是 UTF-8 文本，读不出来。请另存为 UTF-8，每行一个见证公钥"
        ) from error
    try:
        keys = [parse_key(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    except NoteBroken as error:
        raise CosignatureRefused(f"witnesses.txt 里有一行不是见证公钥：{error}") from error
    if any(key.algorithm != COSIGNATURE for key in keys):
        raise CosignatureRefused("witnesses.txt 里有一行不是见证公钥（算法编号应为 04）")
    return keys


def witnessed() -> list[Witnessed]:
    """Every witness named with its latest head of each kind of log. Raises CosignatureRefused."""
    return [_latest(key, kind) for kind in KINDS for key in known()]


def take_in(path: Path) -> list[Witnessed]:
    """The cosignatures of a file come back from a witness, those by witnesses we know. Raises CosignatureRefused."""
    try:
        data = path.read_bytes()
        taken = [seen for key in known() if (seen := _read(data, key))]
    except OSError as error:
        raise CosignatureRefused(f"{path} 读不出来：{error.strerror}") from error
    except NoteBroken as error:
        raise CosignatureRefused(f"{path} 不是加签的日志头，或者签名不成立：{error}") from error
    if not taken:
        raise CosignatureRefused(f"{path} 里没有已登记见证方的签名。见证公钥登记在 witnesses.txt")
    _require_ours(data)
    for seen in taken:
        kept = next(one for one in witnessed() if (one.name, one.kind) == (seen.name, seen.kind))
        if seen.place > kept.place:
            _keep(seen, data)
    return taken


def _read(data: bytes, key: PublicKey) -> Witnessed | None:
    """The cosignature of one witness under a note; None where it has none. Raises NoteBroken where it does not hold."""
    note = parse_note(data)
    line = next((one for one in note.signatures if (one.name, one.key_id) == (key.name, key.id)), None)
    if line is None:
        return None
    moment = int.from_bytes(line.value[:8], "big")
    message = f"cosignature/v1\ntime {moment}\n{note.text}".encode()
    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(line.value[8:], message)
    except InvalidSignature as error:
        raise NoteBroken(f"the cosignature of {key.name} does not hold") from error
    point = parse_checkpoint(note.text)
    log, _ = _tree_of(point.origin)
    return Witnessed(key.name, point.size, datetime.fromtimestamp(moment, UTC), log)


def _tree_of(name: str) -> tuple[str, str]:
    """Log and tree of an origin. Raises NoteBroken where it is none of ours."""
    ours = ((log, tree) for kind in KINDS for log in generations(kind) for tree in HASHES)
    found = next((one for one in ours if origin(*one) == name), None)
    if found is None:
        raise NoteBroken(f"{name} is no log of ours")
    return found


def _require_ours(data: bytes) -> None:
    """The note is a head of a log of ours: our signature, and our tree has that root at that size."""
    note = parse_note(data)
    point = parse_checkpoint(note.text)
    log, tree = _tree_of(point.origin)
    signed = last_signed(log)
    try:
        require_ours(note, log, tree)
    except (NoteBroken, SigningRefused) as error:
        raise CosignatureRefused(f"这不是本机关日志的日志头：{error}") from error
    if signed is None or point.size > signed.size:
        raise CosignatureRefused(
            f"见证的日志头有 {point.size} 条，本机没有签过这么长的日志：日志可能有两个版本，请立即报告"
        )
    if tree_root(log=log, tree=tree, size=point.size) != point.root:
        raise CosignatureRefused(f"前 {point.size} 条的树根与见证的不同：日志被改写过，请立即报告")


def _file(name: str, kind: str) -> Path:
    suffix = "" if kind == "case" else f"-{kind}"
    return settings.KEYS / "witnessed" / f"{HASHES['sha256'](name.encode()).hex()[:16]}{suffix}.note"


def _latest(key: PublicKey, kind: str) -> Witnessed:
    try:
        return _read(_file(key.name, kind).read_bytes(), key) or Witnessed(key.name, log=kind)
    except FileNotFoundError:
        return Witnessed(key.name, log=kind)
    except NoteBroken as error:
        raise CosignatureRefused(f"保存的 {key.name} 加签已损坏：{error}") from error


def _keep(seen: Witnessed, data: bytes) -> None:
    path = _file(seen.name, seen.kind)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(".new")
    write_through(new, data.decode())
    os.replace(new, path)
