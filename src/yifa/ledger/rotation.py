"""Changing the signing key: an entry in every log, signed by the old key and by the new. Format: docs/spec/key-rotation.md.

Interrupted anywhere, the same command finishes it: until the heads carry both signatures the old key is the key.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from yifa.ledger import clock
from yifa.ledger.append import append
from yifa.ledger.checkpoints import origin, resign, signers
from yifa.ledger.digest import moment
from yifa.ledger.entry import Actor, Entry, rowless
from yifa.ledger.mode import require_writable
from yifa.ledger.models import Event, Head
from yifa.ledger.signing import KEY_FILE, SigningRefused, load_key, make_key, read_key
from yifa.ledger.succession import KINDS, current, generations, predecessor
from yifa.ledger.turn import in_turn
from yifa.proof.checkpoint import Note, NoteBroken, PublicKey

TYPE = "key_rotated"
MARK = b'"type":"key_rotated"'
NEXT = "log-ed25519.next"
OPERATOR = Actor("system:operator")


@dataclass(frozen=True)
class Rotation:
    """The statement of an entry: epoch from now on, both public keys and both signatures, in hex."""

    epoch: int
    old: str
    new: str
    by_old: str
    by_new: str

    def text(self) -> bytes:
        return statement(self.epoch, self.old, self.new)

    def holds(self) -> bool:
        """Did both keys sign it?"""
        try:
            for key, signature in ((self.old, self.by_old), (self.new, self.by_new)):
                Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
                    bytes.fromhex(signature), self.text()
                )
        except (InvalidSignature, ValueError, TypeError):
            return False
        return True


def statement(epoch: int, old: str, new: str) -> bytes:
    """What both keys sign."""
    return f"yifa-key-rotation/1\n{settings.ORIGIN}\n{epoch}\n{old}\n{new}\n".encode()


def read(body: bytes) -> Rotation | None:
    """The statement in the body of an entry; None where it is no rotation or cannot be read."""
    try:
        told = json.loads(body)
        return Rotation(**told["details"]) if told["type"] == TYPE else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def rotate(actor: Actor = OPERATOR) -> str:
    """A new signing key from now on; its public half in hex. Raises SigningRefused, IntegrityBroken, DatabaseError."""
    require_writable()
    old = load_key(settings.KEYS, make=False)
    path = settings.KEYS / NEXT
    try:
        if not path.exists():
            make_key(path)
        new = read_key(path)
    except OSError as error:
        raise SigningRefused(f"新的签名私钥不能写：{path}（{error.strerror}）") from error
    if public(new) == public(old):
        path.unlink()
        return public(new)
    _append(_signed(old, new), actor)
    resign([current(kind) for kind in KINDS], old, new)
    os.replace(path, settings.KEYS / KEY_FILE)
    return public(new)


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _signed(old: Ed25519PrivateKey, new: Ed25519PrivateKey) -> Rotation:
    epoch = (Head.objects.filter(log=current("case")).values_list("epoch", flat=True).first() or 0) + 1
    text = statement(epoch, public(old), public(new))
    return Rotation(epoch, public(old), public(new), old.sign(text).hex(), new.sign(text).hex())


def _append(done: Rotation, actor: Actor) -> None:
    """In every log that does not say so yet, in one transaction."""
    with in_turn(), transaction.atomic(durable=True):
        if any(one.new == done.new for _, one in rotations(current("case"))):
            return
        append([_entry(current(kind), done, actor) for kind in KINDS])
        Head.objects.filter(successor="").update(epoch=done.epoch)


def _entry(log: str, done: Rotation, actor: Actor) -> Entry:
    about = ("key", done.new[:16], done.epoch)
    return rowless(log=log, type=TYPE, at=moment(clock.now()), actor=actor, about=about, details=asdict(done))


def rotations(log: str) -> list[tuple[int, Rotation]]:
    """Index and statement of every rotation a log holds, in order."""
    rows = Event.objects.filter(log=log, object__gte="key:", object__lt="key;").order_by("idx")
    read_all = ((idx, read(bytes(body))) for idx, body in rows.values_list("idx", "body"))
    return [(idx, one) for idx, one in read_all if one is not None]


def wrong(found: list[tuple[int, Rotation | None]]) -> list[tuple[int, str]]:
    """What does not hold in the rotations of a log, by index: each signed by both, each from the key before."""
    faults, last = [], None
    for idx, one in found:
        if one is None or not one.holds():
            faults.append((idx, "更换密钥的记录没有新旧两把密钥的签名：不是持有私钥的人写的"))
            continue
        if last is not None and (one.old, one.epoch) != (last.new, last.epoch + 1):
            faults.append((idx, "更换密钥的记录不是从前一把密钥换来的"))
        last = one
    return faults


def wrong_epoch(log: str, found: list[tuple[int, Rotation | None]]) -> str:
    """Why the head row counts changes of the key that the log does not hold; empty where it agrees or is not there.

    A successor begins with the epoch of the log before.
    """
    epochs = dict(Head.objects.filter(log__in=(log, predecessor(log))).values_list("log", "epoch"))
    held = [one.epoch for _, one in found if one is not None and one.holds()]
    expected = held[-1] if held else epochs.get(predecessor(log), 0)
    stored = epochs.get(log, expected)
    return "" if stored == expected else f"日志头 {log} 记密钥换过 {stored} 次，日志里是 {expected} 次"


def published(log: str) -> dict[str, Any]:
    """`rotations.json`: the entries of the rotations that led to the key in use, for those who know an older one."""
    now = public(load_key(settings.KEYS, make=False))
    found = rotations(log)
    kept = [idx for idx, one in found if one.holds()]
    while kept and dict(found)[kept[-1]].new != now:
        kept.pop()
    bodies = dict(Event.objects.filter(log=log, idx__in=kept).values_list("idx", "body"))
    entries = [{"idx": idx, "body": bytes(bodies[idx]).decode()} for idx in kept]
    told: dict[str, Any] = {"format": "yifa-rotations/1", "rotations": entries}
    if predecessor(log):
        told["first"] = bytes(Event.objects.get(log=log, idx=0).body).decode()
    return told


def former(log: str) -> list[bytes]:
    """Public keys used before the present one, the latest first."""
    return [bytes.fromhex(one.old) for _, one in reversed(rotations(log)) if one.holds()]


def require_ours(note: Note, log: str, tree: str) -> None:
    """Signed with the key in use, or with one used before. Raises NoteBroken, SigningRefused."""
    key = load_key(settings.KEYS, make=False)
    name = origin(log, tree)
    for raw in former(log):
        if any((one.name, one.key_id) == (name, PublicKey(name, raw).id) for one in note.signatures):
            _require_signed(note, PublicKey(name, raw))
            return
    signers(key, log)[tree].require_own(note)


def _require_signed(note: Note, key: PublicKey) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(note.by(key).value, note.text.encode())
    except InvalidSignature as error:
        raise NoteBroken(f"the signature of {key.name} does not hold") from error


def key_for(text: str) -> str:
    """Of our verifier keys, former ones and those of frozen logs included, the one that signed the note in this text.

    The one in use where none did. Raises SigningRefused.
    """
    own = load_key(settings.KEYS, make=False).public_key().public_bytes_raw()
    keys = [
        PublicKey(origin(log, "sha256"), raw)
        for log in reversed(generations("case"))
        for raw in dict.fromkeys([own, *former(log), *former(current("case"))])
    ]
    # the base64 of a signature line begins with the id of its key: five letters are of the id alone
    return next(
        (one for one in keys if f"{one.name} {b64encode(one.id).decode()[:5]}" in text), keys[0]
    ).encoded()
