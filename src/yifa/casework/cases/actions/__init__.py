"""The only ways to change a case."""

from yifa.casework.cases.actions.acts import change_head, open_case, record_act
from yifa.casework.cases.actions.histories import History, record_histories
from yifa.casework.cases.actions.recheck import recheck_case

__all__ = ["History", "change_head", "open_case", "recheck_case", "record_act", "record_histories"]
