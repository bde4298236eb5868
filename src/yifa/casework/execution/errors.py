"""Why a payment or an additional fine was not recorded; nothing was written."""

from __future__ import annotations


class ExecutionError(Exception):
    """Refused with a sentence that says what to do."""


class NotPermitted(ExecutionError):
    """This person may not do this."""


class AnswerChanged(ExecutionError):
    """The registers changed since the file was checked."""


class FileFaulty(ExecutionError):
    """The file has faults; nothing of it is taken in."""


class AlreadySettled(ExecutionError):
    """The payment has its case already."""


class NoSuchDecision(ExecutionError):
    """No decision of this organ has this number, or it cannot take the payment."""


class PlanRefused(ExecutionError):
    """A plan of instalments is not right; `reasons` name each fault."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


class NothingDue(ExecutionError):
    """No additional fine has fallen due beyond what was charged."""
