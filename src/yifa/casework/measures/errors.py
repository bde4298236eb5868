"""Why a thing was not listed or returned; nothing was written."""

from __future__ import annotations


class MeasureError(Exception):
    """Refused with a sentence that says what to do."""


class UnknownMeasure(MeasureError):
    """No such measure in the case, or it stands no more."""


class AlreadyReturned(MeasureError):
    """The thing is not held any more."""
