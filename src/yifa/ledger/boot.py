"""Before the first request: do the latest entries still agree with their hashes, and the log with the head signed last?"""

from __future__ import annotations

from django.db import DatabaseError

from yifa.ledger import clock, mode
from yifa.ledger.checkpoints import RolledBack, require_continues
from yifa.ledger.health import last_entry_at
from yifa.ledger.models import Event, Head
from yifa.ledger.rows import UNREADABLE, as_bytes, snapshot
from yifa.ledger.signing import SigningRefused
from yifa.ledger.succession import KINDS, astray, current, kind_of
from yifa.ledger.successor import broken_link
from yifa.proof.merkle import leaf_hash, sha256, sm3

LATEST = 10_000
HINT = "系统暂停写入，查询照常。请系统管理员执行 yifa verify state 查明，处理之前不要办理案件。"


def check_at_start() -> str:
    """Why the installation starts read-only, empty where it does not. Raises RolledBack: then it must not start.

    Reads of each log the latest 10,000 entries and all since the head signed last; what a full verification found
    stays until another finds nothing.
    """
    why = next(filter(None, (_found(current(kind)) for kind in KINDS)), "")
    known = mode.reason()
    if not why and known.startswith(mode.FULL):
        return known
    mode.set_reason(why and f"{why}。{HINT}")
    return why


def _of(log: str) -> str:
    return "" if kind_of(log) == "case" else "查阅记录的日志："


def _found(log: str) -> str:
    """What SQLite cannot give as its column should be is damage like any other; what keeps it from answering is not."""
    try:
        return _fault(log)
    except UNREADABLE as error:
        if isinstance(error, DatabaseError) and "decode" not in str(error):
            raise
        return f"{_of(log)}日志有一条读不出来"


def _fault(log: str) -> str:
    if why := "；".join(astray(kind_of(log))) or broken_link(log):
        return why.rstrip("。")
    try:
        require_continues(log)
    except RolledBack:
        raise
    except SigningRefused as refused:
        return _of(log) + str(refused).rstrip("。")
    last = (
        None if clock.is_fixed() else last_entry_at(log)
    )  # a fixed day is told by /healthz, not a clock gone wrong
    if last is not None and last > clock.now() + clock.SLACK:
        return f"{_of(log)}服务器时钟早于日志最后一条记录的时间（{last:%Y-%m-%d %H:%M:%S} UTC），请校准时钟后重新启动"
    return _latest(log)


def _latest(log: str) -> str:
    """As at one moment: others write meanwhile, and a head read before the entries would have too few of them."""
    with snapshot():
        return _disagreement(log)


def _disagreement(log: str) -> str:
    size = Head.objects.filter(log=log).values_list("size", flat=True).first() or 0
    expected = max(0, size - LATEST)
    entries = Event.objects.filter(log=log, idx__gte=expected).order_by("idx")
    for idx, body, *leaves in entries.values_list("idx", "body", "leaf_sha256", "leaf_sm3").iterator(1000):
        if idx != expected:
            return f"{_of(log)}日志不连续：缺第 {expected} 条"
        if [leaf_hash(as_bytes(body), hasher) for hasher in (sha256, sm3)] != list(map(as_bytes, leaves)):
            return f"{_of(log)}日志第 {idx} 条的内容与其叶哈希不一致"
        expected += 1
    return "" if expected == size else f"{_of(log)}日志头记 {size} 条，实有 {expected} 条"
