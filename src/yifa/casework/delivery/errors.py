"""Why a delivery was not recorded; nothing was written."""

from __future__ import annotations


class DeliveryError(Exception):
    """Refused with a sentence that says what to do."""


class NotDeliverable(DeliveryError):
    """The paper is not sealed, or does not stand any more."""


class EarlierUntold(DeliveryError):
    """Nobody has told why earlier ways were not taken; `modes` are those ways."""

    def __init__(self, modes: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.modes = modes
