"""What the sources refuse: an article, a statute or a label they do not have."""

from __future__ import annotations


class UnknownArticle(LookupError):
    """No such statute, no edition in force on the day, or no such article in it."""


class UnreadableLabel(ValueError):
    """A citation that names no statute of the sources, or not in the form 某法第几条第几款第几项."""


class UnreadableText(ValueError):
    """A file that is no text of a statute in the sources, or contradicts what is known of it."""
