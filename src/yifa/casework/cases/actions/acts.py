"""Open a case, record an act, correct a head: each in one transaction with its ledger entry.

A row is logged before it is saved: logging makes the salts that are saved with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from yifa.casework.cases.derive import apply_deltas, deltas, derive, set_due
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.events import moment, split_event
from yifa.casework.cases.findings import finding_rows, replace_findings
from yifa.casework.cases.models import Act, Case, CaseYear
from yifa.casework.cases.queries import acts_of, assemble, staff_named
from yifa.casework.cases.search import index_cases
from yifa.law import check as law_check
from yifa.law import record as law_record
from yifa.law.events import KINDS
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.prepared import Prepared, insert, update
from yifa.registry.laws.queries import read_record
from yifa.registry.organs.models import Organ
from yifa.registry.people.queries import units_of

COLUMNS = tuple(column.attname for column in Case._meta.concrete_fields)
SERIES = Prepared(lambda year: CaseYear.objects.select_for_update().filter(year=year), int)
EDITION = ("version", "act_count", "blocks", "warns")
NOW = Prepared(lambda no: Case.objects.select_for_update().filter(no=no).values_list(*EDITION), str)
HEAD_COLUMNS = ("number", "procedure", "matter", "party", "violation", "other_proceedings")


def next_serials(year: int, count: int) -> int:
    """Reserve `count` gapless serials of `year`; returns the first. The year's row is locked until the commit."""
    found = SERIES(year)
    if not found:
        CaseYear.objects.bulk_create([CaseYear(year=year)], ignore_conflicts=True)
        found = SERIES(year)
    series = found[0]
    series.last += count
    update(series, ("last",))
    return series.last - count + 1


def new_case(*, organ: Organ, head: Mapping[str, Any], town: str, year: int, serial: int, late: bool) -> Case:
    """An unsaved case from the head keys of a record."""
    case = Case(organ=organ, no=f"{year}-{serial:04d}", year=year, serial=serial, entered_late=late)
    set_head(case, head, town)
    return case


def set_head(case: Case, head: Mapping[str, Any], town: str) -> None:
    for column in HEAD_COLUMNS:
        if column in head:
            setattr(case, column, head[column])
    case.campaign = head.get("campaign") or ""
    case.entrustment = head.get("entrustment")
    case.party_name = case.party["name"]
    case.party_kind = case.party["kind"]
    case.territory = case.violation.get("territory", case.organ.territory)
    case.town = town


def open_case(
    *,
    organ: Organ,
    head: Mapping[str, Any],
    event: Mapping[str, Any],
    actor: Actor,
    town: str = "",
    entered_late: bool = False,
) -> Case:
    """Register a case with its first act (线索登记 as a rule); its address is the next of the year.

    `entered_late`: the act happened on an earlier day (补录). Raises StepRefused, InvalidAct.
    """
    with writing() as unit:
        year = moment(event).astimezone(clock.SHANGHAI).year
        case = new_case(
            organ=organ, head=head, town=town, year=year, serial=next_serials(year, 1), late=False
        )
        unit.log(type="case_registered", actor=actor, agency=organ.code, rows=[case])
        append_act(unit, case, [], event, actor, late=entered_late)
        index_cases([case])
    return case


def record_act(
    *,
    case_no: str,
    event: Mapping[str, Any],
    actor: Actor,
    expected: int | None = None,
    entered_late: bool = False,
    seen: tuple[Case, Sequence[Act]] | None = None,
    date_only: bool = False,
) -> Act:
    """Append one act: gate by law, act, derived columns, tallies and ledger entry in one transaction.

    `event` has the keys of docs/spec/record.md; `expected` is the number of acts the caller has seen. `seen`: the case
    and its acts as the caller read them; they are not read again where the case is still the same under the lock.
    `date_only`: only the day is known, and `at` is its first moment.
    Raises UnknownCase, StaleEdition, InvalidAct, StepRefused; then nothing was written.
    """
    with writing() as unit:
        case, acts = locked(case_no, seen)
        if expected is not None and expected != case.act_count:
            raise StaleEdition(expected=expected, found=case.act_count)
        return append_act(unit, case, acts, event, actor, late=entered_late, date_only=date_only)


def locked(case_no: str, seen: tuple[Case, Sequence[Act]] | None = None) -> tuple[Case, list[Act]]:
    """The case, its row locked until the commit, and its acts. Raises UnknownCase."""
    # every change of a case or of its acts gives it another version; asking the rule book again, other counts
    if seen and seen[0].no == case_no and NOW(case_no) == [tuple(getattr(seen[0], name) for name in EDITION)]:
        case = copy(seen[0])
        case.salts = dict(case.salts)
        return case, list(seen[1])
    cases = Case.objects.select_for_update(of=("self",)).select_related("organ")
    case = cases.filter(no=case_no).first()
    if case is None:
        raise UnknownCase(f"没有案件 {case_no}")
    return case, acts_of(case)


def append_act(
    unit: Unit,
    case: Case,
    acts: list[Act],
    event: Mapping[str, Any],
    actor: Actor,
    *,
    late: bool,
    date_only: bool = False,
) -> Act:
    """The act after `acts` of a case that is locked, or new and not stored yet. Raises InvalidAct, StepRefused."""
    act = new_act(case, event, seq=case.act_count + 1, actor=actor, late=late, date_only=date_only)
    counters = deltas([act], case)
    ordered, after = assemble(case, [*acts, act], staff_named([*acts, act], case.organ_id))
    record = require_lawful(after, ordered.index(act))
    before = {name: getattr(case, name) for name in COLUMNS}
    answer = law_check.check(record)
    findings = finding_rows(case, ordered, answer.findings)
    derive(case, ordered, units_of(case.organ_id))
    set_due(case, answer.deadlines)
    case.version += 1
    unit.log(
        type="act_recorded",
        actor=actor,
        agency=case.organ_id,
        rows=[act, case],
        occurred_at=act.at,
        reason_code="late_entry" if late else "",
    )
    save_case(case, before)
    insert(act)
    replace_findings(case, before["blocks"] + before["warns"], findings)
    apply_deltas(counters)
    return act


def save_case(case: Case, before: Mapping[str, Any]) -> None:
    """Store a new case whole, one already stored by the columns that changed."""
    if case._state.adding:
        insert(case)
    else:
        update(case, [name for name in before if getattr(case, name) != before[name]])


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


def change_head(*, case_no: str, head: Mapping[str, Any], town: str, actor: Actor) -> Case:
    """Correct the head of a case from its register; the acts are untouched. Raises UnknownCase, InvalidAct."""
    with writing() as unit:
        case, acts = locked(case_no)
        set_head(case, head, town)
        case.version += 1
        ordered, record = assemble(case, acts, staff_named(acts, case.organ_id))
        try:
            answer = law_check.check(read_record(record))
        except law_record.RecordError as error:
            raise InvalidAct(error.problems) from error
        set_due(case, answer.deadlines)
        known = case.blocks + case.warns
        rows = finding_rows(case, ordered, answer.findings)
        unit.log(type="case_head_changed", actor=actor, agency=case.organ_id, rows=[case])
        case.save()
        replace_findings(case, known, rows)
        index_cases([case])
    return case
