"""What an act would make of a case, found before anything is written: read, judged, derived and digested.

The longest part of recording an act needs no lock. Under the lock it is asked once more whether all it was judged on
still stands (`Judged.stands`); where it does not, it is judged again there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from yifa.casework.cases.derive import deltas, derive, set_judged
from yifa.casework.cases.errors import InvalidAct, StepRefused
from yifa.casework.cases.events import moment, split_event
from yifa.casework.cases.findings import finding_rows
from yifa.casework.cases.models import Act, Case, CaseFinding
from yifa.casework.cases.queries import assemble
from yifa.law import check as law_check
from yifa.law import record as law_record
from yifa.law.events import KINDS
from yifa.law.packs import Pack
from yifa.ledger import clock
from yifa.ledger.actions import Actor
from yifa.ledger.digest import RowDigest, renewed, row_digest
from yifa.registry.laws.queries import law_of, read_record
from yifa.registry.people.queries import Register, register_of

ADDRESS = ("serial", "no")
COLUMNS = tuple(column.attname for column in Case._meta.concrete_fields)


@dataclass
class Judged:
    """An act found lawful, and the case as it stands with it; nothing of it is stored.

    `before`: the columns of the case as they were. `register`, `law`: what it was judged on beside the case.
    """

    case: Case
    act: Act
    before: Mapping[str, Any]
    findings: list[CaseFinding]
    counters: Counter[tuple[str, str, str]]
    register: Register
    law: Pack | None
    digests: list[RowDigest] = field(default_factory=list)

    def digest(self, before: RowDigest | None = None) -> None:
        """Digest the rows before the lock; a case that has no salts yet is left to be digested where they are stored.

        `before`: of the case as it was, where that is known: an act changes few of its columns, and none of a person's.
        """
        known = len(self.case.salts)
        case = renewed(self.case, before, self.changed()) if before else row_digest(self.case)
        digests = [row_digest(self.act), case]
        if len(self.case.salts) == known:
            self.digests = digests

    def changed(self) -> list[str]:
        """The columns of the case the act changes."""
        return [name for name, value in self.before.items() if getattr(self.case, name) != value]

    def number(self, serial: int) -> None:
        """Give a new case its address, which is known under the lock only, and its rows the digests they have with it."""
        number(self.case, serial)
        self.act.case = self.case
        for finding in self.findings:
            finding.case = self.case
        if self.digests:
            act, case = self.digests
            self.digests = [renewed(self.act, act, ("case_id",)), renewed(self.case, case, ADDRESS)]

    def stands(self) -> bool:
        """Are the people and the law of the organ still those it was judged on?"""
        organ = self.case.organ
        return register_of(organ.code) is self.register and law_of(organ.code, organ.territory) is self.law


def number(case: Case, serial: int) -> None:
    """Give the case its address: the serial of its year."""
    case.serial, case.no = serial, f"{case.year}-{serial:04d}"


def own(case: Case) -> Case:
    """The case once more, to be changed while the other stays as it was read."""
    made = Case.__new__(Case)
    made.__dict__.update(case.__dict__)
    made._state, made.salts = copy(case._state), dict(case.salts)
    return made


def judged(
    case: Case,
    acts: Sequence[Act],
    event: Mapping[str, Any],
    actor: Actor,
    register: Register,
    *,
    late: bool,
) -> Judged:
    """The act after `acts`; sets the derived columns of `case`, which is the caller's own. Writes nothing.

    Raises InvalidAct, StepRefused.
    """
    act = new_act(case, event, seq=case.act_count + 1, actor=actor, late=late)
    counters = deltas([act], case)
    ordered, after = assemble(case, [*acts, act], register.staff)
    record = require_lawful(after, ordered.index(act))
    before = {name: getattr(case, name) for name in COLUMNS}
    answer = law_check.check(record)
    findings = finding_rows(case, ordered, answer.findings)
    derive(case, ordered, register.units)
    set_judged(case, answer)
    case.version += 1
    return Judged(case, act, before, findings, counters, register, record.law)


def require_lawful(record: dict[str, Any], index: int) -> law_record.Record:
    """The record as the law reads it, with the new event at `index`; the gate sees only what came before it.

    Raises InvalidAct where the event does not fit the format, StepRefused where the law blocks it.
    """
    try:
        whole = read_record(record)
        if index == len(whole.events) - 1:
            found = law_check.gate_of_last(whole)
        else:
            before = read_record({**record, "events": record["events"][:index]})
            found = law_check.gate(before, record["events"][index])
    except law_record.RecordError as error:
        raise InvalidAct(error.problems) from error
    blocking = [finding for finding in found if finding.severity == "blocks"]
    if blocking:
        raise StepRefused(blocking)
    return whole


def new_act(
    case: Case, event: Mapping[str, Any], *, seq: int, actor: Actor, late: bool, date_only: bool = False
) -> Act:
    """An unsaved act of `case` from a record event. Raises InvalidAct on an unknown kind or a missing moment."""
    if event.get("kind") not in KINDS:
        raise InvalidAct([f"kind: {event.get('kind')!r} 不是办案环节"])
    try:
        at = moment(event)
    except (KeyError, ValueError, TypeError) as error:
        raise InvalidAct([f"at: {event.get('at')!r} 不是带时区的时刻"]) from error
    data, words = split_event(event)
    return Act(
        organ_id=case.organ_id,
        case=case,
        seq=seq,
        at=at,
        at_is_date=date_only,
        kind=event["kind"],
        by=list(event.get("by", [])),
        data=data,
        words=words,
        entered_late=late,
        entered_by=actor.id,
        recorded_at=clock.now(),
    )
