"""Which logs there are: `case` and `access`, and after each the successors `case-2`, `case-3` … that took its place."""

from __future__ import annotations

from yifa.ledger.models import Head
from yifa.ledger.prepared import Prepared

KINDS = ("case", "access")
SUCCESSOR = Prepared(lambda log: Head.objects.filter(log=log).values_list("successor"), str)


def kind_of(log: str) -> str:
    """`case-2` is a log of kind `case`."""
    return log.partition("-")[0]


def generations(kind: str) -> list[str]:
    """The logs of a kind in their order; the last is the one written now, the others are frozen."""
    found = [kind]
    while (rows := SUCCESSOR(found[-1])) and rows[0][0]:
        found.append(rows[0][0])
    return found


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
