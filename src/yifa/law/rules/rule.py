"""A rule: its id, its article by edition, and the function that judges one act or runs one clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from yifa.law.editions import APL_2021
from yifa.law.facts import Facts
from yifa.law.findings import BLOCKS, Breach, Gap, Running
from yifa.law.record.model import Event
from yifa.law.rules.moments import CLOCKS, MOMENTS

Guard = Callable[[Facts, Event], "Breach | Gap | None"]
Clock = Callable[[Facts], "Iterable[Running | Gap]"]


@dataclass(frozen=True)
class Rule:
    """One duty. `article` holds for steps from `switch` on, `article_before` earlier (None: the same).

    `since`: no such duty before (not_in_force). `warns_before`: blocks only from that day.
    """

    id: str
    title: str
    article: str
    article_before: str | None = None
    switch: date = APL_2021
    severity: str = BLOCKS
    since: date | None = None
    warns_before: date | None = None
    guard: Guard | None = None
    clock: Clock | None = None

    @property
    def moments(self) -> tuple[str, ...]:
        return MOMENTS.get(self.id, ())

    def severity_on(self, day: date) -> str:
        return "warns" if self.warns_before is not None and day < self.warns_before else self.severity

    def article_on(self, day: date) -> str:
        """The article as cited on that day, in Chinese."""
        if self.article_before is not None and day < self.switch:
            return self.article_before
        return self.article


REGISTRY: dict[str, Rule] = {}


def register(rule: Rule) -> Rule:
    """Enter a rule in the book. Refuses a second rule of the same id and a moment that nobody declared."""
    if rule.id in REGISTRY:
        raise ValueError(f"{rule.id}: registered twice")
    if rule.guard is not None and rule.id not in MOMENTS:
        raise ValueError(f"{rule.id}: no moment in moments.py")
    if rule.clock is not None and rule.id not in CLOCKS:
        raise ValueError(f"{rule.id}: not a clock in moments.py")
    if rule.guard is None and rule.clock is None:
        raise ValueError(f"{rule.id}: neither guard nor clock")
    REGISTRY[rule.id] = rule
    return rule
