"""In which days may the court be asked to execute a decision? ACL art. 53, APL art. 72 para. 2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yifa.law.calendar import Deadline, deadline
from yifa.law.calendar.spans import DAY
from yifa.law.editions import APL_2021
from yifa.law.facts import Facts
from yifa.law.packs import Parameter
from yifa.law.record.model import Event
from yifa.law.remedies import remedy, schedules


@dataclass(frozen=True, slots=True)
class Window:
    """`first_on` to `last_on`, both in. None: `pending` says why the time has not begun, or `judged`: a court has
    decided on the suit, and no statutory period stands any more."""

    first_on: date | None = None
    last_on: date | None = None
    pending: str = ""
    judged: bool = False
    period: Parameter | None = None
    deadline: Deadline | None = None

    def holds(self, day: date) -> bool:
        """Is the day inside?"""
        return self.first_on is not None and self.last_on is not None and self.first_on <= day <= self.last_on


def court_window(facts: Facts, decision: Event, step: Event) -> Window:
    """From the day after the time to challenge the decision, or an approved deferral, as seen from `step`."""
    state = remedy(facts, decision, step)
    if state.judged:
        return Window(judged=True)
    if state.ended_on is None:
        return Window(pending=state.pending)
    ended_on = state.ended_on
    if step.day >= APL_2021:
        ended_on = max([ended_on, *schedules(facts, step)])
    period = facts.param("court_application_months", step.day)
    due = deadline(start=ended_on, length=period.value, unit=period.unit, roll=True, holidays=facts.holidays)
    return Window(ended_on + DAY, due.due_on, period=period, deadline=due)
