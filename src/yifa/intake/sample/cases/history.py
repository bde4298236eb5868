"""A sample case before it becomes rows: its head, its acts in order, where it was posted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass
class SampleAct:
    """One act; `minutes` is how long it took, which a recording of it may not outlast."""

    at: datetime
    kind: str
    by: tuple[str, ...]
    data: dict[str, Any]
    minutes: int = 10


@dataclass
class SampleCase:
    """Head keys as in docs/spec/record.md; `recorded` are the acts of which a recording is kept for good."""

    procedure: str
    matter: str
    campaign: str | None
    party: dict[str, Any]
    violation: dict[str, Any]
    town: str
    acts: list[SampleAct] = field(default_factory=list)
    postings: list[tuple[str, date]] = field(default_factory=list)
    number: str = ""

    def act(self, kind: str) -> SampleAct | None:
        return next((act for act in self.acts if act.kind == kind), None)

    def moment(self, kind: str) -> datetime:
        """When the first act of this kind was done. Raises LookupError where there is none."""
        found = self.act(kind)
        if found is None:
            raise LookupError(f"{self.number or self.party['name']}：没有{kind}")
        return found.at
