"""Open a case, record an act, correct a head: each in one transaction with its ledger entry.

A row is logged before it is saved: logging makes the salts that are saved with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yifa.casework.cases.derive import apply_deltas, deltas, derive
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.events import moment, split_event
from yifa.casework.cases.findings import replace_findings
from yifa.casework.cases.models import Act, Case, CaseYear
from yifa.casework.cases.queries import assemble
from yifa.law import check as law_check
from yifa.law import record as law_record
from yifa.law.events import KINDS
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing
from yifa.registry.organs.models import Organ
from yifa.registry.people.queries import staff_of, units_of

HEAD_COLUMNS = ("number", "procedure", "matter", "party", "violation", "other_proceedings")


def next_serials(year: int, count: int) -> int:
    """Reserve `count` gapless serials of `year`; returns the first. The year's row is locked until the commit."""
    CaseYear.objects.get_or_create(year=year)
    series = CaseYear.objects.select_for_update().get(year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return first


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
    *, organ: Organ, head: Mapping[str, Any], event: Mapping[str, Any], actor: Actor, town: str = ""
) -> Case:
    """Register a case with its first act (线索登记 as a rule); its address is the next of the year.

    Raises StepRefused, InvalidAct.
    """
    with writing() as unit:
        year = moment(event).astimezone(clock.SHANGHAI).year
        case = new_case(
            organ=organ, head=head, town=town, year=year, serial=next_serials(year, 1), late=False
        )
        unit.log(type="case_registered", actor=actor, agency=organ.code, rows=[case])
        case.save(force_insert=True)
        record_act(case_no=case.no, event=event, actor=actor)
        case.refresh_from_db()
    return case


def record_act(
    *,
    case_no: str,
    event: Mapping[str, Any],
    actor: Actor,
    expected: int | None = None,
    entered_late: bool = False,
) -> Act:
    """Append one act: gate by law, act, derived columns, tallies and ledger entry in one transaction.

    `event` has the keys of docs/spec/record.md; `expected` is the number of acts the caller has seen.
    Raises UnknownCase, StaleEdition, InvalidAct, StepRefused; then nothing was written.
    """
    with writing() as unit:
        case = Case.objects.select_for_update(of=("self",)).select_related("organ").filter(no=case_no).first()
        if case is None:
            raise UnknownCase(f"没有案件 {case_no}")
        if expected is not None and expected != case.act_count:
            raise StaleEdition(expected=expected, found=case.act_count)
        acts = list(case.acts.all())
        act = new_act(case, event, seq=case.act_count + 1, actor=actor, late=entered_late)
        counters = deltas([act], case)
        ordered, after = assemble(case, [*acts, act], staff_of(case.organ_id))
        record = require_lawful(after, ordered.index(act))
        derive(case, ordered, units_of(case.organ_id))
        case.version += 1
        replace_findings(case, ordered, law_check.check(record).findings)
        unit.log(
            type="act_recorded",
            actor=actor,
            agency=case.organ_id,
            rows=[act, case],
            occurred_at=act.at,
            reason_code="late_entry" if entered_late else "",
        )
        act.save(force_insert=True)
        case.save()
        apply_deltas(counters)
    return act


def require_lawful(record: dict[str, Any], index: int) -> law_record.Record:
    """The record as the law reads it, with the new event at `index`; the gate sees only what came before it.

    Raises InvalidAct where the event does not fit the format, StepRefused where the law blocks it.
    """
    try:
        whole = law_record.parse(record)
        before = law_record.parse({**record, "events": record["events"][:index]})
    except law_record.RecordError as error:
        raise InvalidAct(error.problems) from error
    blocking = [f for f in law_check.gate(before, record["events"][index]) if f.severity == "blocks"]
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
        case = Case.objects.select_for_update(of=("self",)).select_related("organ").filter(no=case_no).first()
        if case is None:
            raise UnknownCase(f"没有案件 {case_no}")
        set_head(case, head, town)
        case.version += 1
        ordered, record = assemble(case, case.acts.all(), staff_of(case.organ_id))
        try:
            findings = law_check.check(law_record.parse(record)).findings
        except law_record.RecordError as error:
            raise InvalidAct(error.problems) from error
        replace_findings(case, ordered, findings)
        unit.log(type="case_head_changed", actor=actor, agency=case.organ_id, rows=[case])
        case.save()
    return case
