"""Open a case, record an act, correct a head: each in one transaction with its ledger entry.

A row is logged before it is saved: logging makes the salts that are saved with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yifa.casework.cases.actions.judging import ADDRESS, Judged, judged, number, own
from yifa.casework.cases.derive import apply_deltas, set_judged
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.events import moment
from yifa.casework.cases.findings import finding_rows, replace_findings
from yifa.casework.cases.models import Act, Case, CaseYear
from yifa.casework.cases.queries import acts_of, assemble, require_unarchived
from yifa.casework.cases.search import index_cases
from yifa.law import check as law_check
from yifa.law import record as law_record
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.digest import RowDigest, renewed, row_digest
from yifa.ledger.prepared import Prepared, insert, update
from yifa.registry.laws.queries import read_record
from yifa.registry.organs.models import Organ
from yifa.registry.people.queries import Register, register_of, staff_of

SERIES = Prepared(lambda year: CaseYear.objects.select_for_update().filter(year=year), int)
EDITION = ("version", "act_count", "blocks", "warns")
NOW = Prepared(lambda no: Case.objects.select_for_update().filter(no=no).values_list(*EDITION), str)
Seen = tuple[Case, Sequence[Act], Register]
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
    case = Case(organ=organ, year=year, entered_late=late)
    number(case, serial)
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
    year = moment(event).astimezone(clock.SHANGHAI).year

    def opened() -> tuple[Case, RowDigest, Judged]:
        case = new_case(organ=organ, head=head, town=town, year=year, serial=0, late=False)
        registered = own(case)
        digest = row_digest(registered)
        case.salts = dict(registered.salts)
        ready = judged(case, [], event, actor, register_of(organ.code), late=entered_late)
        ready.digest(before=digest)
        return registered, digest, ready

    registered, digest, ready = opened()
    with writing() as unit:
        if not ready.stands():
            registered, digest, ready = opened()
        serial = next_serials(year, 1)
        number(registered, serial)
        registered_as = renewed(registered, digest, ADDRESS)
        unit.log(type="case_registered", actor=actor, agency=organ.code, rows=[registered_as])
        ready.number(serial)
        store(unit, ready, actor)
        index_cases([ready.case])
    return ready.case


def record_act(
    *,
    case_no: str,
    event: Mapping[str, Any],
    actor: Actor,
    expected: int | None = None,
    entered_late: bool = False,
    seen: Seen | None = None,
    date_only: bool = False,
) -> Act:
    """Append one act: gate by law, act, derived columns, tallies and ledger entry in one transaction.

    `event` has the keys of docs/spec/record.md; `expected` is the number of acts the caller has seen. `seen`: the case,
    its acts and the people of its organ as the caller read them; the act is judged on them before the lock, and again
    under it only where case, people or law moved meanwhile. `date_only`: only the day is known, and `at` is its first moment.
    Raises UnknownCase, StaleEdition, InvalidAct, StepRefused; then nothing was written.
    """
    ready: Judged | None = None
    if seen and seen[0].no == case_no and not date_only:
        ready = foreseen(seen, event, actor, late=entered_late)
    with writing() as unit:
        if ready is None or not (unchanged(ready) and ready.stands()):
            case, acts = locked(case_no)
            require_edition(case, expected)
            ready = judged(case, acts, event, actor, register_of(case.organ_id), late=entered_late)
            ready.act.at_is_date = date_only
        else:
            require_edition(seen[0], expected)
        store(unit, ready, actor)
    return ready.act


def foreseen(seen: Seen, event: Mapping[str, Any], actor: Actor, *, late: bool) -> Judged | None:
    """The act judged on what the caller saw; None where that refuses it, which is for the case as it stands to say."""
    case, acts, register = seen
    try:
        ready = judged(own(case), acts, event, actor, register, late=late)
    except (InvalidAct, StepRefused):
        return None
    ready.digest()
    return ready


def unchanged(ready: Judged) -> bool:
    """Lock the case; is it still as it was judged? Every change of a case or of its acts gives it another version,
    asking the rule book again gives it other counts."""
    return NOW(ready.case.no) == [tuple(ready.before[name] for name in EDITION)]


def locked(case_no: str) -> tuple[Case, list[Act]]:
    """The case, its row locked until the commit, and its acts. Raises UnknownCase."""
    cases = Case.objects.select_for_update(of=("self",)).select_related("organ")
    case = cases.filter(no=case_no).first()
    if case is None:
        raise UnknownCase(f"没有案件 {case_no}")
    return case, acts_of(case)


def require_edition(case: Case, expected: int | None) -> None:
    """Raises StaleEdition where the caller has seen another number of acts."""
    if expected is not None and expected != case.act_count:
        raise StaleEdition(expected=expected, found=case.act_count)


def store(unit: Unit, ready: Judged, actor: Actor) -> None:
    """Write what was judged, of a case that is locked, or new and not stored yet."""
    case, act = ready.case, ready.act
    unit.log(
        type="act_recorded",
        actor=actor,
        agency=case.organ_id,
        rows=ready.digests or [act, case],
        occurred_at=act.at,
        reason_code="late_entry" if act.entered_late else "",
    )
    save_case(ready)
    insert(act)
    replace_findings(case, ready.before["blocks"] + ready.before["warns"], ready.findings)
    apply_deltas(ready.counters)


def save_case(ready: Judged) -> None:
    """Store a new case whole, one already stored by the columns that changed."""
    if ready.case._state.adding:
        insert(ready.case)
    else:
        update(ready.case, ready.changed())


def change_head(*, case_no: str, head: Mapping[str, Any], town: str, actor: Actor) -> Case:
    """Correct the head of a case from its register; the acts are untouched. Raises UnknownCase, InvalidAct, CaseArchived."""
    with writing() as unit:
        case, acts = locked(case_no)
        require_unarchived(case_no)
        set_head(case, head, town)
        case.version += 1
        ordered, record = assemble(case, acts, staff_of(case.organ_id))
        try:
            answer = law_check.check(read_record(record))
        except law_record.RecordError as error:
            raise InvalidAct(error.problems) from error
        set_judged(case, answer)
        known = case.blocks + case.warns
        rows = finding_rows(case, ordered, answer.findings)
        unit.log(type="case_head_changed", actor=actor, agency=case.organ_id, rows=[case])
        case.save()
        replace_findings(case, known, rows)
        index_cases([case])
    return case
