"""After the decision: what is owed, and which step of execution is possible."""

from yifa.law.execution.owed import Owed, owed
from yifa.law.execution.standing import STATES, Payment, Standing, standing
from yifa.law.execution.steps import ExecutionStep
from yifa.law.execution.window import Window, court_window

__all__ = [
    "STATES", "ExecutionStep", "Owed", "Payment", "Standing", "Window", "court_window", "owed", "standing",
]  # fmt: skip
