"""Which logs there are: `case` and `access`, and after each the successors `case-2`, `case-3` … that took its place."""

from __future__ import annotations

from yifa.ledger.models import Head

KINDS = ("case", "access")


def kind_of(log: str) -> str:
    """`case-2` is a log of kind `case`."""
    return log.partition("-")[0]


def generations(kind: str) -> list[str]:
    """The logs of a kind in their order; the last is the one written now, the others are frozen."""
    found = [kind]
    while following := Head.objects.filter(log=found[-1]).values_list("successor", flat=True).first():
        found.append(following)
    return found


def current(kind: str) -> str:
    """The log of this kind that is written now."""
    return generations(kind)[-1]


def known(log: str) -> bool:
    """Is there a log of this name?"""
    return kind_of(log) in KINDS and log in generations(kind_of(log))
