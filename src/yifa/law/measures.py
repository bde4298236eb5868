"""What is held in a case: sealing-up and seizure (查封、扣押), advance preservation (先行登记保存), and until when.

APL art. 56, ACL arts 18–28. The clocks are those of law/rules: here they are joined to what they run on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yifa.law.calendar import Deadline
from yifa.law.calendar.deadlines import local_moment
from yifa.law.facts import Facts
from yifa.law.findings import Running
from yifa.law.record.model import Event, Record
from yifa.law.rules import measure_period, measure_release, preservation, urgent_measure

MEASURE, PRESERVATION = "measure", "preservation"
ORDERS = {"measure_ordered": MEASURE, "preservation_ordered": PRESERVATION}
ENDS = {"measure_ordered": "measure_lifted", "preservation_ordered": "preservation_disposed"}
"""The act that orders a measure, and the act of the same id that ends it."""
PERIODS = {"measure_ordered": "R-ACL-25-1", "preservation_ordered": "R-APL-56-1"}
"""The rule that says how long it may stand."""


@dataclass(frozen=True)
class Hold:
    """One measure. `ended`: the act that ended it, None while it stands; `extended`: days approved in addition.

    `release`: the clock of releasing at once, where its reason has come; `approval`: of approving an urgent one afterwards.
    """

    family: str
    order: Event
    deadline: Deadline
    ended: Event | None
    late: bool
    extended: int = 0
    extensions: tuple[Event, ...] = ()
    release: Running | None = None
    approval: Running | None = None
    longest: int = 0

    @property
    def id(self) -> str:
        return str(self.order.data["id"])

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(self.order.data["items"])

    @property
    def standing(self) -> bool:
        return self.ended is None

    @property
    def extendable(self) -> int:
        """Days by which it may still be extended, approved before its end."""
        return self.longest - self.extended if self.standing and not self.late else 0


def holds(record: Record, at: datetime) -> list[Hold]:
    """Every measure of the case as of a moment, in the order they were taken. Raises UnknownParameter, NotInForce."""
    facts = Facts(record, local_moment(at))
    found = [
        *(_measure(facts, tick) for tick in measure_period.clock(facts)),
        *(_preserved(tick) for tick in preservation.clock(facts)),
    ]
    return sorted(found, key=lambda one: one.order.index)


def _measure(facts: Facts, tick: Running) -> Hold:
    order = tick.start
    mine = [one for one in facts.after(order, "measure_extended") if one.data["id"] == order.data["id"]]
    released = [one for one in measure_release.clock(facts) if one.stop is tick.stop and _covers(one, order)]
    urgent = [one for one in urgent_measure.clock(facts) if one.start is order]
    length = facts.param("measure_days", order.day).value
    return Hold(
        MEASURE, order, tick.deadline, tick.stop, tick.late, extended=tick.deadline.length - length,
        extensions=tuple(mine), release=next(iter(released), None), approval=next(iter(urgent), None),
        longest=facts.param("measure_extension_days", order.day).value,
    )  # fmt: skip


def _covers(release: Running, order: Event) -> bool:
    return release.start.index > order.index


def _preserved(tick: Running) -> Hold:
    return Hold(PRESERVATION, tick.start, tick.deadline, tick.stop, tick.late)
