"""Why nothing was erased: a code, and a sentence for the person who asked."""

from __future__ import annotations


class RequestRefused(Exception):
    """The request cannot stand; `field` is the control it was typed in, empty where the law keeps the value."""

    code = "erasure_request_refused"

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class AlreadyDecided(Exception):
    """Somebody else was first."""

    code = "already_decided"


class NotPermitted(Exception):
    """Another role's business, or one's own request."""

    code = "not_permitted"
