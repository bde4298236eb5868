"""The only ways to change a proposal or a deliberation."""

from yifa.casework.proposals.actions.confirming import confirm
from yifa.casework.proposals.actions.deliberating import (
    ask_deliberation,
    close_deliberation,
    vote,
    withdraw_deliberation,
)
from yifa.casework.proposals.actions.submitting import Draft, remind, return_proposal, submit, withdraw

__all__ = [
    "Draft", "ask_deliberation", "close_deliberation", "confirm", "remind", "return_proposal", "submit", "vote", "withdraw",
    "withdraw_deliberation",
]  # fmt: skip
