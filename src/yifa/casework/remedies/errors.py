"""Why a dispute or its outcome was not recorded; nothing was written."""

from __future__ import annotations


class RemedyError(Exception):
    """Refused with a sentence that says what to do."""


class AlreadyFiled(RemedyError):
    """A dispute of this kind runs already, or was filed on that day."""


class NothingOpen(RemedyError):
    """No dispute of this kind waits for an outcome."""
