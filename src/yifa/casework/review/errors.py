"""Why something of a review was not recorded; nothing was written."""

from __future__ import annotations


class ReviewError(Exception):
    """Refused with a sentence that says what to do."""


class NotYet(ReviewError):
    """The points do not bear what was asked: verdicts missing, or an opinion that does not follow from them."""
