"""The only ways to change statements and hearings."""

from yifa.casework.hearings.actions.arranging import Plan, arrange, cancel, notify
from yifa.casework.hearings.actions.holding import close, report, say, sign
from yifa.casework.hearings.actions.papers import prepare
from yifa.casework.hearings.actions.statements import answer_points, record_statement, statement_event

__all__ = [
    "Plan", "answer_points", "arrange", "cancel", "close", "notify", "prepare", "record_statement", "report", "say", "sign",
    "statement_event",
]  # fmt: skip
