"""Why something of a statement or a hearing was not recorded; nothing was written."""

from __future__ import annotations


class HearingError(Exception):
    """Refused with a sentence that says what to do."""


class NotPermitted(HearingError):
    """This person may not do this."""


class WrongState(HearingError):
    """Not now: the hearing is past this, or not yet there."""
