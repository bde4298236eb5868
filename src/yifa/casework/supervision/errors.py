"""Why a follow-up was not recorded; nothing was written."""

from __future__ import annotations


class SupervisionError(Exception):
    """Refused with a sentence that says what to do."""


class NotPermitted(SupervisionError):
    """This person may not do this."""


class AlreadyHandled(SupervisionError):
    """It is closed, or not in the state in which this can be done."""
