"""How a pack says that it has no answer."""

from __future__ import annotations


class UnknownTerritory(LookupError):
    """No pack covers this administrative division code."""


class UnknownParameter(LookupError):
    """The pack has no usable value of this name on this day."""


class NotInForce(UnknownParameter):
    """The parameter exists, but no edition of it is in force on this day."""


class ValueNotSet(UnknownParameter):
    """The parameter is meant to be filled in by the organ and has not been."""
