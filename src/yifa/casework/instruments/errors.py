"""Why a paper was not made, numbered or sealed; nothing was written."""

from __future__ import annotations


class InstrumentError(Exception):
    """Refused with a sentence that says what to do."""


class NoFonts(InstrumentError):
    """No font with Chinese characters was found."""


class MissingGlyph(InstrumentError):
    """No font has this character."""


class CannotTypeset(InstrumentError):
    """The compiler refused the paper."""


class NotPermitted(InstrumentError):
    """This person may not do this."""


class UnknownInstrument(InstrumentError):
    """No such paper in this organ."""


class WrongState(InstrumentError):
    """The paper is not in the state in which this can be done."""


class Incomplete(InstrumentError):
    """Statutory contents are missing, or the paper contradicts what was told; `reasons` name each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons
