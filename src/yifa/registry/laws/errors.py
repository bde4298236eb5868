"""What the law register refuses."""

from __future__ import annotations


class EditionStands(ValueError):
    """This edition is already there with other content; a published edition is never edited."""


class NotAllowed(PermissionError):
    """The person may not decide this; the message says who may."""


class BadValue(ValueError):
    """A value that does not fit its parameter. `name`: the field it stands in."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(message)
