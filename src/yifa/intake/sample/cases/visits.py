"""A case being written act by act: the clock only moves on, and nobody is in two places at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from yifa.intake.sample.cases.history import SampleAct, SampleCase
from yifa.intake.sample.days import OFFICE_HOURS, Diary, Hours, working_day

DESK_MINUTES = 10


class Pen:
    """Writes acts of one case in order. `clock` is the end of the last act."""

    def __init__(self, case: SampleCase, diary: Diary, start: date, offset: int) -> None:
        self.case, self.diary, self.offset = case, diary, offset
        self.clock: datetime | None = None
        self.day = start

    def visit(
        self, people: tuple[str, ...], minutes: int, *, gap: int = 0, hours: Hours = OFFICE_HOURS
    ) -> datetime:
        """Book `people` for a block `gap` working days on (0: from now on); returns its first moment."""
        day = working_day(self.day, gap) if gap else self.day
        self.offset = (self.offset * 7 + 35) % 205
        while True:
            moment = self.diary.book(
                people,
                day=day,
                minutes=minutes,
                hours=hours,
                after=self._after(day),
                offset=self.offset,
            )
            if moment is not None:
                self.day, self.clock = day, moment
                return moment
            day = working_day(day, 1)

    def _after(self, day: date) -> datetime | None:
        return self.clock + timedelta(minutes=5) if self.clock and self.clock.date() == day else None

    def write(self, kind: str, by: tuple[str, ...], *, minutes: int = DESK_MINUTES, **data: Any) -> SampleAct:
        """Append an act at the clock and move the clock by its length."""
        if self.clock is None:
            raise ValueError("an act needs a visit first")
        act = SampleAct(at=self.clock, kind=kind, by=by, data=data, minutes=minutes)
        self.case.acts.append(act)
        self.clock += timedelta(minutes=minutes)
        return act

    def desk(
        self, kind: str, by: tuple[str, ...], *, gap: int = 0, minutes: int = DESK_MINUTES, **data: Any
    ) -> SampleAct:
        """Append an act done in the office `gap` working days on."""
        self.visit(by, minutes, gap=gap)
        return self.write(kind, by, minutes=minutes, **data)

    def skip_to(self, day: date) -> None:
        """Nothing happens before `day`."""
        self.day = max(self.day, day)
