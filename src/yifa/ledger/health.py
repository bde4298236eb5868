"""How the log stands, cheaply: size, head signed last, latest entry. Nothing is signed or read again here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from yifa.ledger.checkpoints import SignedHead, SigningRefused, last_signed, verifier_keys
from yifa.ledger.models import Event, Head
from yifa.ledger.succession import current

__all__ = ["LogHealth", "log_health"]


@dataclass(frozen=True)
class LogHealth:
    """`signed` is None before the first signature; `problem` is the Chinese sentence why nothing can be signed."""

    size: int
    signed: SignedHead | None
    last_entry_at: datetime | None
    verifiers: tuple[str, ...] = ()
    problem: str = ""


def log_health(log: str = "") -> LogHealth:
    """Of the log of the cases, unless another is named. Raises DatabaseError where the database does not answer."""
    log = log or current("case")
    size = Head.objects.filter(log=log).values_list("size", flat=True).first()
    size = size if isinstance(size, int) else 0
    last = last_entry_at(log)
    try:
        signed = last_signed(log)
        keys = tuple(verifier_keys(log)) if signed else ()
    except SigningRefused:
        return LogHealth(size, None, last, problem="最后签名的日志头或者私钥不能使用，详见服务器日志")
    if signed and size < signed.size:
        problem = f"数据库比最后一次签名的日志头旧：库中 {size} 条，已签名 {signed.size} 条"
        return LogHealth(size, signed, last, keys, problem)
    return LogHealth(size, signed, last, keys)


def last_entry_at(log: str) -> datetime | None:
    """The moment of the latest entry; None where there is none or it cannot be read."""
    body = Event.objects.filter(log=log).order_by("-idx").values_list("body", flat=True).first()
    if body is None:
        return None
    try:
        return datetime.fromisoformat(json.loads(bytes(body))["at"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
