"""What the rules may look at: a record indexed once, seen from a moment."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property, lru_cache

from yifa.law.calendar import Deadline, HolidayTable, deadline
from yifa.law.events import BY_HAND, TWO_OFFICER_KINDS
from yifa.law.packs import Pack, Parameter, pack
from yifa.law.record.model import NO_PENALTY, Event, Penalty, Person, Record

DECISIONS = ("decision_made", "summary_decision_made")
NOTHING: tuple[Event, ...] = ()


class Facts:
    """One record as of `at`: later events are not seen. All look-ups take the act from which one looks back."""

    def __init__(self, record: Record, at: datetime) -> None:
        self.record = record
        self.at = at
        self.events = record.events if not record.events or record.events[-1].at <= at else [
            event for event in record.events if event.at <= at
        ]  # fmt: skip
        self.by_kind: dict[str, list[Event]] = {}
        for event in self.events:
            self.by_kind.setdefault(event.kind, []).append(event)
        self.pack: Pack = record.law or pack(record.agency.territory)
        self.assumed: set[str] = set()
        self.holidays: HolidayTable = self.pack.holidays

    def all(self, kind: str) -> list[Event] | tuple[Event, ...]:
        """All acts of a kind, in order."""
        return self.by_kind.get(kind, NOTHING)

    def before(self, step: Event, *kinds: str) -> list[Event]:
        """Acts of these kinds earlier in the record than `step`, in order."""
        index = step.index
        if len(kinds) == 1:
            return [event for event in self.by_kind.get(kinds[0], NOTHING) if event.index < index]
        found = [event for kind in kinds for event in self.by_kind.get(kind, NOTHING) if event.index < index]
        found.sort(key=_by_index)
        return found

    def after(self, step: Event, *kinds: str) -> list[Event]:
        """Acts of these kinds later in the record than `step`, in order."""
        index = step.index
        found = [event for kind in kinds for event in self.by_kind.get(kind, NOTHING) if event.index > index]
        found.sort(key=_by_index)
        return found

    def last_before(self, step: Event, kind: str) -> Event | None:
        """The latest act of a kind earlier than `step`."""
        for event in reversed(self.by_kind.get(kind, NOTHING)):
            if event.index < step.index:
                return event
        return None

    def person(self, who: str) -> Person:
        return self.record.people[who]

    def name(self, who: str | None) -> str:
        return self.record.people[who].name if who in self.record.people else "（未填）"

    def names(self, people: list[str] | set[str] | tuple[str, ...]) -> str:
        return "、".join(self.name(who) for who in people)

    def has_role(self, who: str | None, role: str) -> bool:
        person = self.record.people.get(who) if who else None
        return person is not None and role in person.roles

    def param(self, name: str, on: date) -> Parameter:
        """A parameter of the pack on a day; one nobody has confirmed is noted. Raises UnknownParameter."""
        found = self.pack.param(name, on)
        if not found.confirmed:
            self.assumed.add(name)
        return found

    def take_assumed(self) -> tuple[str, ...]:
        """The unconfirmed parameters (待确认) asked for since the last call, by name."""
        if not self.assumed:
            return ()
        found = tuple(sorted(self.assumed))
        self.assumed.clear()
        return found

    def due(
        self,
        name: str,
        start: Event,
        *,
        on: date | None = None,
        roll: bool = False,
        excluded: tuple[tuple[date, date], ...] = (),
    ) -> Deadline:
        """The end of the period `name` that starts with an act (or on a day), by the edition of that day."""
        first = on or start.day
        period = self.param(name, first)
        if not excluded and period.unit != "hour":
            return _due(self.holidays, period.value, period.unit, first, roll)
        origin = start.at if period.unit == "hour" else first
        return deadline(
            start=origin,
            length=period.value,
            unit=period.unit,
            roll=roll,
            holidays=self.holidays,
            excluded=excluded,
        )

    @cached_property
    def officers(self) -> frozenset[str]:
        """Who of the record's people is an officer."""
        return frozenset(who for who, person in self.record.people.items() if person.is_officer)

    @cached_property
    def recordings(self) -> dict[int, list[Event]]:
        """The recordings linked so far, by the index of the act they show."""
        found: dict[int, list[Event]] = {}
        for clip in self.all("recording_linked"):
            found.setdefault(clip.data["event"], []).append(clip)
        return found

    @property
    def acts_as(self) -> str:
        """`citizen` or `unit`: which ceilings and thresholds hold for the party (sole traders: getihu_as)."""
        kind = self.record.party.kind
        if kind == "sole_trader":
            return str(self.param("getihu_as", self.at.date()).value)
        return "citizen" if kind == "citizen" else "unit"

    def handlers(self, step: Event, until: Event | None = None) -> set[str]:
        """Who handled the case before `step`: assigned, or acting in an enforcement step (before `until`)."""
        found: set[str] = set()
        last = until.index if until else step.index
        for event in self.before(step, "handlers_assigned"):
            found.update(event.data["handlers"])
        for event in self.events:
            if event.index >= last:
                break
            if needs_two_officers(event):
                found.update(event.by)
        return found

    def hearing_level(self, penalty: Penalty, on: date) -> str:
        """Why a penalty is of hearing level (听证), in Chinese; empty where it is not. APL art. 63."""
        heavy = [kind for kind in penalty.kinds if kind in HEAVY_KINDS]
        if heavy:
            from yifa.law.labels import label

            return "、".join(label("penalty_kind", kind) for kind in heavy)
        threshold = self.param(f"hearing_fine_{self.acts_as}", on).value
        if penalty.fine_fen >= threshold:
            return f"罚款{yuan(penalty.fine_fen)}达到听证数额{yuan(threshold)}"
        if penalty.confiscation_fen >= threshold:
            return f"没收{yuan(penalty.confiscation_fen)}达到听证数额{yuan(threshold)}"
        return ""

    def penalty_at(self, step: Event) -> Penalty:
        """The penalty decided, or for an act only asked about the one last told or proposed."""
        own = step.get("penalty")
        if isinstance(own, Penalty):
            return own
        notice = self.last_before(step, "prior_notice_served")
        if notice is not None:
            return notice.data["penalty"]
        closed = self.last_before(step, "investigation_closed")
        return closed.data["proposal"] if closed is not None else NO_PENALTY


HEAVY_KINDS = frozenset(
    {"grade_reduction", "permit_revocation", "operation_halt", "closing_down", "practice_restriction"}
)


@lru_cache(maxsize=50_000)
def _due(holidays: HolidayTable, length: int, unit: str, first: date, roll: bool) -> Deadline:
    return deadline(start=first, length=length, unit=unit, roll=roll, holidays=holidays)


def _by_index(event: Event) -> int:
    return event.index


def needs_two_officers(event: Event) -> bool:
    """Is this an enforcement step that two officers must take? record.md §2."""
    if event.kind in TWO_OFFICER_KINDS:
        return True
    return event.kind == "instrument_served" and event.data.get("mode") in BY_HAND


def is_penalty(step: Event) -> bool:
    """A decision to penalise; an act only asked about is taken for one."""
    return step.get("outcome", "penalty") == "penalty"


def yuan(fen: int) -> str:
    """分 as 元 for a message: 200元, 12.50元."""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d}元" if rest else f"{whole:,}元"


def day_text(day: date) -> str:
    """A day in Chinese: 2024年5月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


UNIT_TEXT = {"working_day": "个工作日", "day": "日", "month": "个月", "year": "年", "hour": "小时"}


def period_text(period: Parameter) -> str:
    """A period in Chinese: 7个工作日."""
    return f"{period.value}{UNIT_TEXT[period.unit]}"
