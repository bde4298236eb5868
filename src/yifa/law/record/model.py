"""What a parsed record is made of. Frozen by manner: nothing in law changes a record after parsing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yifa.law.packs import Pack


@dataclass(frozen=True, slots=True)
class Penalty:
    """A penalty: kinds (enum penalty_kind) and two amounts in 分."""

    kinds: tuple[str, ...] = ()
    fine_fen: int = 0
    confiscation_fen: int = 0


NO_PENALTY = Penalty()


@dataclass(frozen=True, slots=True)
class Monitor:
    """Electronic monitoring evidence (电子技术监控), APL art. 41."""

    legal_review: bool = False
    technical_review: bool = False
    marked: bool = False
    location_published: bool = False
    record_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    number: str
    valid_from: date
    valid_to: date
    revoked_on: date | None = None
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    roles: tuple[str, ...]
    certificate: Certificate | None = None
    legal_profession_qualified: bool = False
    reviewer_since: date | None = None

    @property
    def is_officer(self) -> bool:
        """An officer has a certificate or the role handler, and is not auxiliary (record.md §2)."""
        return "auxiliary" not in self.roles and (self.certificate is not None or "handler" in self.roles)


@dataclass(frozen=True, slots=True)
class Entrustment:
    organ: str
    published_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    re_entrusted: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    name: str
    territory: str
    entrustment: Entrustment | None = None


@dataclass(frozen=True, slots=True)
class Party:
    kind: str
    name: str
    identifier: str | None = None
    birth_on: date | None = None
    capacity: str = "full"


@dataclass(frozen=True, slots=True)
class Violation:
    place: str
    territory: str
    began_on: date
    discovered_on: date
    harm: str
    ended_on: date | None = None
    safety_related: bool = False
    corrected_on: date | None = None
    first_offence: bool = False
    complex: bool = False
    major_public_interest: bool = False
    crime_suspected: bool = False
    business: bool = False
    gains_fen: int = 0
    facts: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    alternative_matters: tuple[str, ...] = ()
    fine_base_fen: int | None = None
    fine_units: int | None = None


@dataclass(frozen=True, slots=True)
class OtherProceeding:
    organ: str
    opened_on: date | None = None
    decided_on: date | None = None
    number: str | None = None
    fine_fen: int = 0


@dataclass(slots=True)
class Event:
    """One act. `data` holds the event's own keys with defaults filled; absent † keys are missing from it.

    `bare` marks an act only asked about (may_do, --next): its own keys are not known yet.
    """

    index: int
    at: datetime
    kind: str
    by: tuple[str, ...]
    data: dict[str, Any]
    day: date
    note: str | None = None
    late_reason: str | None = None
    bare: bool = False

    def get(self, key: str, default: Any = None) -> Any:
        """The value of an own key; `default` where the key is absent (†, or the act is only asked about)."""
        return self.data.get(key, default)

    def has(self, key: str) -> bool:
        return key in self.data


@dataclass(slots=True)
class Record:
    """One case as the law sees it (yifa-record/1). `law`: the editions its organ uses; None: those shipped."""

    agency: Agency
    number: str | None
    matter: str
    procedure: str
    campaign: str | None
    party: Party
    violation: Violation
    other_proceedings: tuple[OtherProceeding, ...]
    people: dict[str, Person]
    events: list[Event] = field(default_factory=list)
    law: Pack | None = field(default=None, compare=False, repr=False)
