"""Signing the head of the log: only what was read again and only what continues the head signed last.

The head signed last lies in YIFA_KEYS, outside the database: a database put back from an old backup, or grown
anew from one, does not continue it and is not signed (docs/spec/ledger.md).
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from yifa.ledger import clock
from yifa.ledger.append import frontiers
from yifa.ledger.models import Event, Head
from yifa.ledger.proofs import tree_at
from yifa.ledger.rows import as_bytes, snapshot
from yifa.ledger.signing import Ed25519Signer, Signer, SigningRefused, load_key, write_through
from yifa.ledger.subtrees import HASHES
from yifa.ledger.succession import current, following, predecessor
from yifa.proof.checkpoint import Checkpoint, NoteBroken, format_note, parse_checkpoint, parse_note
from yifa.proof.merkle import Frontier, leaf_hash

__all__ = [
    "RolledBack",
    "SignedHead",
    "SigningRefused",
    "head_at",
    "last_signed",
    "origin",
    "require_continues",
    "sign",
    "verifier_keys",
]

Trees = dict[str, Frontier]


class RolledBack(SigningRefused):
    """The database ends before the head signed last: an old backup was put back, or entries were deleted."""


@dataclass(frozen=True)
class SignedHead:
    """A head and its two notes. `frontiers` and `notes` by tree (sha256, sm3); hashes in hex."""

    log: str
    size: int
    frontiers: dict[str, list[str]]
    notes: dict[str, str]
    signed_at: str

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.signed_at)

    def trees(self) -> Trees:
        return {
            name: Frontier(HASHES[name], self.size, [bytes.fromhex(item) for item in self.frontiers[name]])
            for name in HASHES
        }


def origin(log: str, tree: str) -> str:
    """`<host>/log/case`, and `<host>/log/case/sm3` for the SM3 tree."""
    return f"{settings.ORIGIN}/log/{log}" + ("" if tree == "sha256" else f"/{tree}")


def signers(key: Ed25519PrivateKey, log: str) -> dict[str, Signer]:
    """One signer a tree."""
    return {tree: Ed25519Signer(origin(log, tree), key) for tree in HASHES}


def verifier_keys(log: str = "") -> list[str]:
    """The keys others verify our notes with, SHA-256 tree first; of the log of the cases, unless another is named.

    Raises SigningRefused without a key."""
    log = log or current("case")
    key = load_key(settings.KEYS, make=False)
    return [signer.public.encoded() for signer in signers(key, log).values()]


def sign(log: str = "", *, begins: bool = False) -> SignedHead:
    """The signed head of a log as it is now. Signs where it has grown; raises SigningRefused, DatabaseError.

    Costs one reading of the entries since the last signature. A frozen log keeps its last head; a successor is signed
    the first time by whoever opens it (`begins`), and by nobody else.
    """
    log = log or current("case")
    with _alone():
        last = last_signed(log)
        if last is None and predecessor(log) and not begins:
            raise SigningRefused(f"后继日志 {log} 不是用 yifa successor 开的，不能签名。请立即报告")
        with snapshot():
            head = Head.objects.filter(log=log).first() or Head(log=log)
            if head.successor not in ("", following(log)):
                raise SigningRefused(f"日志头 {log} 所写的后继日志不成立，不能签名。请执行 yifa verify state")
            if head.successor and last is not None:
                return last
            trees = _read_again(log, head, last)
        if last is not None and last.size == head.size:
            return last
        key = load_key(settings.KEYS, make=not any(settings.KEYS.glob("last-head-*.json")))
        new = _head(
            log, trees, {name: _note([signer], trees[name]) for name, signer in signers(key, log).items()}
        )
        _keep(new)
        return new


def resign(logs: Sequence[str], old: Ed25519PrivateKey, new: Ed25519PrivateKey) -> None:
    """Sign the heads of these logs with both keys, which hands over from the one to the other. Raises SigningRefused."""
    with _alone():
        for log in logs:
            last = last_signed(log)
            with snapshot():
                trees = _read_again(log, Head.objects.filter(log=log).first() or Head(log=log), last)
            pairs = [signers(key, log) for key in (old, new)]
            notes = {name: _note([one[name] for one in pairs], tree) for name, tree in trees.items()}
            _keep(_head(log, trees, notes))


def head_at(size: int, log: str = "") -> SignedHead:
    """The signed head of the first `size` entries: the same bytes whenever it is asked. Raises SigningRefused.

    The head as it is now is signed first, so the stored leaves are known to continue what was signed before; that
    they give its root again shows the shorter head to be one of its beginnings.
    """
    log = log or current("case")
    last = sign(log)
    if size == last.size:
        return last
    if not 0 < size < last.size:
        raise SigningRefused(f"日志有 {last.size} 条，没有前 {size} 条的日志头")
    if any(tree_at(log, name, last.size).hashes != tree.hashes for name, tree in last.trees().items()):
        raise SigningRefused("日志的叶哈希与已签名的日志头不符。请执行 yifa verify log")
    grown = {name: tree_at(log, name, size) for name in HASHES}
    return SignedHead(
        log,
        size,
        {name: [item.hex() for item in tree.hashes] for name, tree in grown.items()},
        {
            name: _note([signer], grown[name])
            for name, signer in signers(load_key(settings.KEYS, make=False), log).items()
        },
        last.signed_at,
    )


def require_continues(log: str = "") -> None:
    """Raises SigningRefused unless the stored entries continue the head signed last; RolledBack where they end before it."""
    log = log or current("case")
    last = last_signed(log)
    with snapshot():
        _read_again(log, Head.objects.filter(log=log).first() or Head(log=log), last)


def _head(log: str, trees: Trees, notes: dict[str, str]) -> SignedHead:
    hashes = {name: [item.hex() for item in tree.hashes] for name, tree in trees.items()}
    return SignedHead(log, trees["sha256"].size, hashes, notes, clock.now().isoformat(timespec="seconds"))


def _note(signing: Sequence[Signer], tree: Frontier) -> str:
    text = Checkpoint(signing[0].public.name, tree.size, tree.root()).text()
    return format_note(text, [one.sign(text.encode()) for one in signing])


def _read_again(log: str, head: Head, last: SignedHead | None) -> Trees:
    """Both trees grown from the head signed last by the stored bytes of every later entry, equal to the head row."""
    trees = last.trees() if last else {name: Frontier(hasher) for name, hasher in HASHES.items()}
    signed = last.size if last else 0
    if type(head.size) is not int:
        raise SigningRefused("日志头已损坏：条数不是整数。请执行 yifa verify log")
    if head.size < signed:
        raise RolledBack(
            f"数据库比最后一次签名的日志头旧：库中 {head.size} 条，已签名 {signed} 条。可能恢复了旧备份，或者有人删了记录。"
            "请停止办案，改用更新的备份恢复"
        )
    entries = Event.objects.filter(log=log, idx__gte=signed).order_by("idx")
    for idx, stored, *leaves in entries.values_list("idx", "body", "leaf_sha256", "leaf_sm3").iterator(1000):
        if idx != trees["sha256"].size:
            raise SigningRefused(f"日志不连续：缺第 {trees['sha256'].size} 条。请执行 yifa verify log")
        for (name, hasher), leaf in zip(HASHES.items(), leaves, strict=True):
            computed = leaf_hash(as_bytes(stored), hasher)
            if computed != as_bytes(leaf):
                raise SigningRefused(f"第 {idx} 条记录的内容与其叶哈希不一致。请执行 yifa verify log")
            trees[name].append(computed)
    _require_head(head, trees, signed)
    return trees


def _require_head(head: Head, trees: Trees, signed: int) -> None:
    try:
        stored = dict(zip(HASHES, frontiers(head), strict=True))
    except (ValueError, TypeError) as error:
        raise SigningRefused(f"日志头已损坏：{error}。请执行 yifa verify log") from error
    if any(
        (tree.size, tree.hashes) != (stored[name].size, stored[name].hashes) for name, tree in trees.items()
    ):
        raise SigningRefused(
            f"日志头与记录不符，或者不是已签名的前 {signed} 条的延续：已签名的历史可能被改写。请执行 yifa verify log"
        )


def last_signed(log: str = "") -> SignedHead | None:
    """The head signed last, its notes verified under our key; None before the first. Raises SigningRefused."""
    log = log or current("case")
    path = head_file(log)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SigningRefused(f"最后签名的日志头读不出来：{path}（{error.strerror}）") from error
    key = load_key(settings.KEYS, make=False)
    try:
        found = SignedHead(**json.loads(data.decode()))
        if found.log != log:
            raise NoteBroken("the head is of another log")
        for tree, signer in signers(key, log).items():
            _require_own(found, tree, signer)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SigningRefused(
            f"最后签名的日志头文件已损坏，或者不属于 {origin(log, 'sha256')} 与现用私钥：{path}。请从密钥备份恢复"
        ) from error
    return found


def _require_own(found: SignedHead, tree: str, signer: Signer) -> None:
    note = parse_note(found.notes[tree].encode())
    point = parse_checkpoint(note.text)
    signer.require_own(note)
    grown = found.trees()[tree]
    if (point.origin, point.size, point.root) != (signer.public.name, grown.size, grown.root()):
        raise NoteBroken("the note is of another head")


def head_file(log: str) -> Path:
    return settings.KEYS / f"last-head-{log}.json"


def _keep(head: SignedHead) -> None:
    path = head_file(head.log)
    new = path.with_suffix(".new")
    try:
        write_through(new, json.dumps(asdict(head)) + "\n")
        os.replace(new, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise SigningRefused(f"签名的日志头存不下来：{path}（{error.strerror}）") from error


@contextmanager
def _alone() -> Iterator[None]:
    """One signer at a time among all processes of the host."""
    try:
        settings.KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(settings.KEYS / "signing.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise SigningRefused(f"密钥目录不能写：{settings.KEYS}（{error.strerror}）") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
