"""Whom an act may name: every string in it, to be held against the numbers of the staff register."""

from __future__ import annotations

from typing import Any


def strings_in(*values: Any) -> frozenset[str]:
    """All strings, keys included, anywhere in these JSON values."""
    found: set[str] = set()
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind is str:
            found.add(value)
        elif kind is dict:
            found.update(value)
            waiting += value.values()
        elif kind is list:
            waiting += value
    return frozenset(found)
