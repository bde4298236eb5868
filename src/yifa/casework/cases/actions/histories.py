"""Taking in what happened before (补录): whole cases with their acts, in bulk, one transaction.

History is not refused for having been unlawful: what the rule book finds is recorded on the case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from yifa.casework.cases.actions.acts import new_case, next_serials
from yifa.casework.cases.actions.judging import new_act
from yifa.casework.cases.derive import apply_deltas, deltas, derive, set_judged
from yifa.casework.cases.errors import InvalidAct
from yifa.casework.cases.events import moment
from yifa.casework.cases.findings import finding_rows
from yifa.casework.cases.models import Act, Case, CaseFinding
from yifa.casework.cases.queries import assemble
from yifa.casework.cases.search import index_cases
from yifa.law import check as law_check
from yifa.law import record as law_record
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.registry.laws.queries import read_record
from yifa.registry.organs.models import Organ
from yifa.registry.people.queries import staff_of, units_of

CHUNK = 200
JUDGED = ("due_on", "due_rule", "due_from", "due_unit", "owed_fen", "pay_by")


@dataclass(frozen=True)
class History:
    """A case as it happened. `head`: keys of a record's head; `events` in order; `date_only`: indexes of events of
    which only the day is known. For a case already stored, the events must begin with those stored."""

    head: Mapping[str, Any]
    events: list[dict[str, Any]]
    town: str = ""
    date_only: frozenset[int] = field(default_factory=frozenset)


def record_histories(
    *,
    organ: Organ,
    histories: Iterable[History],
    actor: Actor,
    progress: Callable[[int], None] | None = None,
) -> Counter[str]:
    """Store the cases and acts not stored yet. Returns counts: cases, acts, and `finding:<rule>` = cases with it.

    Raises InvalidAct (nothing is written) where an event does not fit the record format.
    """
    counts: Counter[str] = Counter()
    with writing() as unit:
        staff, units = staff_of(organ.code), units_of(organ.code)
        remaining = iter(histories)
        while chunk := list(islice(remaining, CHUNK)):
            store_chunk(organ, chunk, actor, staff, units, unit, counts)
            if progress:
                progress(sum(len(history.events) for history in chunk))
    return counts


def store_chunk(
    organ: Organ,
    chunk: list[History],
    actor: Actor,
    staff: Mapping[str, dict],
    units: Mapping[str, str],
    unit: Unit,
    counts: Counter[str],
) -> None:
    numbers = [history.head["number"] for history in chunk]
    stored = {case.number: case for case in Case.objects.filter(organ=organ, number__in=numbers)}
    old_acts: dict[str, list[Act]] = {}
    for act in Act.objects.filter(case__in=[case.no for case in stored.values()]):
        old_acts.setdefault(act.case_id, []).append(act)
    fresh = assign_numbers(organ, [h for h in chunk if h.head["number"] not in stored])
    cases, acts, findings = [], [], []
    tallies: Counter[tuple[str, str, str]] = Counter()
    for history in chunk:
        case = stored.get(history.head["number"]) or fresh[history.head["number"]]
        case.organ = organ
        new = enter(case, history, old_acts.get(case.no, []), actor, staff, units, tallies)
        if new.is_new:
            counts["cases"] += 1
        elif not new.acts:
            continue
        cases.append(new)
        acts += new.acts
        findings += new.findings
        counts["acts"] += len(new.acts)
        counts.update(f"finding:{rule}" for rule in {finding.rule for finding in new.findings})
    for entered in cases:
        log_entered(unit, entered, actor)
    save(cases, acts, findings)
    apply_deltas(tallies)


@dataclass(frozen=True)
class Entered:
    """One case with the acts that are new in it."""

    case: Case
    initial: Case | None
    acts: list[Act]
    findings: list[CaseFinding]

    @property
    def is_new(self) -> bool:
        return self.initial is not None


def enter(
    case: Case,
    history: History,
    old: list[Act],
    actor: Actor,
    staff: Mapping[str, dict],
    units: Mapping[str, str],
    tallies: Counter[tuple[str, str, str]],
) -> Entered:
    """Build the new acts of one case, its derived columns and its findings. Writes nothing."""
    initial = None
    if case.entered_late and case._state.adding:
        initial = new_case(
            organ=case.organ,
            head=history.head,
            town=history.town,
            year=case.year,
            serial=case.serial,
            late=True,
        )
    new = []
    for index in range(len(old), len(history.events)):
        act = new_act(
            case,
            history.events[index],
            seq=index + 1,
            actor=actor,
            late=True,
            date_only=index in history.date_only,
        )
        if act.kind == "recording_linked":
            act.data["event"] += 1  # the record counts events from 0, acts are numbered from 1
        new.append(act)
    if not new and initial is None:
        return Entered(case, None, [], [])
    tallies.update(deltas(new, case))
    ordered, record = assemble(case, [*old, *new], staff)
    try:
        answer = law_check.check(read_record(record)) if record["events"] else None
    except law_record.RecordError as error:
        raise InvalidAct([f"{case.number}：{problem}" for problem in error.problems]) from error
    derive(case, ordered, units)
    set_judged(case, answer)
    case.version = case.version + 1 if new else case.version
    return Entered(case, initial, new, finding_rows(case, ordered, answer.findings if answer else []))


def assign_numbers(organ: Organ, histories: list[History]) -> dict[str, Case]:
    """Give each new case its address: the next serials of the year of its first act, in the order given."""
    by_year: dict[int, list[History]] = {}
    for history in histories:
        by_year.setdefault(year_of(history), []).append(history)
    cases = {}
    for year, group in by_year.items():
        first = next_serials(year, len(group))
        for serial, history in enumerate(group, start=first):
            case = new_case(
                organ=organ, head=history.head, town=history.town, year=year, serial=serial, late=True
            )
            cases[case.number] = case
    return cases


def year_of(history: History) -> int:
    if history.events:
        return moment(history.events[0]).astimezone(clock.SHANGHAI).year
    return int(history.head["violation"]["discovered_on"][:4])


def save(entered: list[Entered], acts: list[Act], findings: list[CaseFinding]) -> None:
    fresh = [item.case for item in entered if item.is_new]
    Case.objects.bulk_create(fresh)
    index_cases(fresh)
    known = [item.case for item in entered if not item.is_new]
    if known:
        CaseFinding.objects.filter(case__in=[case.no for case in known]).delete()
        derived = ["act_count", "stage", "opened_on", "decided_on", "closed_on", "fine_fen", "handlers"]
        Case.objects.bulk_update(
            known,
            [*derived, *JUDGED, "last_act_at", "blocks", "warns", "unit", "named", "version", "salts"],
        )
    Act.objects.bulk_create(acts, batch_size=500)
    CaseFinding.objects.bulk_create(findings, batch_size=500)


def log_entered(unit: Unit, entered: Entered, actor: Actor) -> None:
    """One entry for the registration, one for each act; the last one also carries the case as it stands.

    Logged before the rows are saved: logging makes the salts that are saved with them.
    """
    case = entered.case
    if entered.initial is not None:
        entered.initial.salts = case.salts
        unit.log(
            type="case_registered",
            actor=actor,
            agency=case.organ_id,
            rows=[entered.initial if entered.acts else case],
            reason_code="late_entry",
        )
    last = entered.acts[-1] if entered.acts else None
    for act in entered.acts:
        unit.log(
            type="act_recorded",
            actor=actor,
            agency=case.organ_id,
            rows=[act, case] if act is last else [act],
            occurred_at=act.at,
            reason_code="late_entry",
        )
