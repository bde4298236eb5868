"""Why something of a meeting was not recorded; nothing was written."""

from __future__ import annotations


class CommitteeError(Exception):
    """Refused with a sentence that says what to do."""


class NotPermitted(CommitteeError):
    """This person may not do this."""


class NotNow(CommitteeError):
    """Not in this state of the meeting."""


class NoQuorum(CommitteeError):
    """Too few heads are left to discuss this case."""
