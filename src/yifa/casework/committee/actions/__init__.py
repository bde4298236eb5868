"""The only ways to change a meeting of the committee."""

from yifa.casework.committee.actions.calling import Plan, call, cancel, put_on
from yifa.casework.committee.actions.minutes import draft, sign, write_minutes
from yifa.casework.committee.actions.sitting import attend, open_item, recuse, standing

__all__ = [
    "Plan", "attend", "call", "cancel", "draft", "open_item", "put_on", "recuse", "sign", "standing", "write_minutes",
]  # fmt: skip
