"""Which logs there are: `case` and `access`, and after each the successors `case-2`, `case-3` … that took its place."""

from __future__ import annotations

from yifa.ledger.models import Head
from yifa.ledger.prepared import Prepared

KINDS = ("case", "access")
MOST = 9
"""Logs a kind may have."""
SUCCESSOR = Prepared(lambda log: Head.objects.filter(log=log).values_list("successor"), str)


def kind_of(log: str) -> str:
    """`case-2` is a log of kind `case`."""
    return log.partition("-")[0]


def generations(kind: str) -> list[str]:
    """The logs of a kind in their order; the last is the one written now, the others are frozen.

    The head row says no more than whether there is a next one: by any other name verification would be led astray.
    """
    found = [kind]
    while len(found) < MOST and _named(found[-1]) == following(found[-1]):
        found.append(following(found[-1]))
    return found


def _named(log: str) -> str:
    """The successor in the head row of a log, whatever stands there."""
    rows = SUCCESSOR(log)
    return rows[0][0] if rows else ""


def astray(kind: str) -> list[str]:
    """What the head rows of a kind say that no `yifa successor` wrote. Rows of no kind are told with the cases."""
    chain = generations(kind)
    faults = []
    if other := _named(chain[-1]):
        faults.append(
            f"日志头 {chain[-1]} 所写的后继日志 {other} 不成立：有人改过 ledger_head 表。请恢复备份"
        )
    others = Head.objects.exclude(log__in=chain).order_by("log").values_list("log", flat=True)
    for log in map(str, others):
        if kind_of(log) == kind or (kind == KINDS[0] and kind_of(log) not in KINDS):
            faults.append(f"日志头 {log} 没有前一本日志接到它：不是用 yifa successor 开的。请恢复备份")
    return faults


def predecessor(log: str) -> str:
    """`case` of `case-2`; empty where it is the first."""
    kind, _, number = log.partition("-")
    return "" if not number else kind if number == "2" else f"{kind}-{int(number) - 1}"


def following(log: str) -> str:
    """`case-2` of `case`. Nine are the most a kind may have."""
    kind, _, number = log.partition("-")
    return f"{kind}-{int(number or 1) + 1}"


def current(kind: str) -> str:
    """The log of this kind that is written now."""
    return generations(kind)[-1]


def known(log: str) -> bool:
    """Is there a log of this name?"""
    return kind_of(log) in KINDS and log in generations(kind_of(log))
