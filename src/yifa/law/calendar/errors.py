"""How the calendar says that a period cannot be computed."""

from __future__ import annotations


class BadPeriod(ValueError):
    """The period cannot be computed; the message is one line of Chinese for the person who asked."""
