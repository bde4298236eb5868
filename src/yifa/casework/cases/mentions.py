"""Whom an act may name: every string in it, to be held against the numbers of the staff register."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property


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


class Mentions:
    """Of an act, however it was read: whom it may name. Acts do not change: found once for an act read."""

    by: Any
    data: Any
    words: Any

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Its free text left aside."""
        return strings_in(self.by, self.data)

    @cached_property
    def said(self) -> frozenset[str]:
        """Its free text."""
        return strings_in(self.words)
