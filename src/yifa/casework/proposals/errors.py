"""Why a proposal or a vote was not taken. The message is for people; nothing was written."""

from __future__ import annotations


class ProposalError(Exception):
    """Refused with a sentence that says what to do."""


class NotPermitted(ProposalError):
    """This person may not do this with this proposal."""


class AlreadyHandled(ProposalError):
    """Somebody confirmed, returned or withdrew it before."""


class CaseMoved(ProposalError):
    """Acts were recorded since the page was read."""
