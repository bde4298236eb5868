"""How the calendar says that a period cannot be computed."""

from __future__ import annotations


class BadPeriod(ValueError):
    """The period cannot be computed; the message is one line of Chinese for the person who asked."""


class BadNotice(ValueError):
    """A file that is no notice of a year's days off; the message is one line of Chinese."""
