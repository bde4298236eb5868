"""Reading a case: its record file, its record as the law sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.urls import reverse

from yifa.casework.cases.errors import CaseArchived, UnknownCase
from yifa.casework.cases.events import split_event, to_events
from yifa.casework.cases.mentions import Mentions, strings_in
from yifa.casework.cases.models import Act, Case
from yifa.law import record as law_record
from yifa.law.events import KINDS
from yifa.law.labels import label
from yifa.law.packs.errors import UnknownParameter
from yifa.ledger.prepared import Prepared
from yifa.registry.laws.queries import law_of, read_record
from yifa.registry.people.queries import staff_of
from yifa.registry.people.reach import UNIT, Reach

Found = TypeVar("Found")
FORMAT = "yifa-record/1"
ARCHIVED = "案件已经归档，案卷不能再改动。需要继续办理的，先由负责人批准恢复办理并写明理由。"
ARCHIVING = ("case_archived", "case_reopened")
CASE = Prepared(
    lambda organ, no: Case.objects.select_related("organ").filter(organ_id=organ, no=no), str, str
)
ACTS = Prepared(lambda no: Act.objects.filter(case_id=no), str)


@dataclass(frozen=True)
class WorkItem:
    """One line of the workbench: what it is, where it leads, since when, until when. Rooms make them, the desk sorts.

    `due_from`, `due_unit`: how the deadline is counted, where it is a statutory one of the case. `act_seq`: the act
    of the case that came of it.
    """

    what: str
    title: str
    url: str
    case_no: str
    party: str
    since: datetime
    due_on: date | None
    due_from: date | None = None
    due_unit: str = "day"
    act_seq: int | None = None


RECENT = 200


class ReadAct(Mentions, SimpleNamespace):
    """The columns of an act the law asks for; to make a model of each of very many takes longer than to judge them."""


DUE = ("due_on", "due_from", "due_unit")


def cases_in_hand(organ_code: str, who: str) -> list[WorkItem]:
    """The cases not closed that this person handles, each with its nearest deadline. One query."""
    found = Case.objects.filter(organ_id=organ_code, closed_on=None, handlers__contains=f"|{who}|")
    rows = found.order_by("due_on", "no").values("no", "party_name", "stage", "last_act_at", *DUE)
    return [
        WorkItem(
            what="在办案件", title=label("stage", row["stage"]), url=reverse("case", args=[row["no"]]), case_no=row["no"],
            party=row["party_name"], since=row["last_act_at"], due_on=row["due_on"], due_from=row["due_from"],
            due_unit=row["due_unit"],
        )
        for row in rows
    ]  # fmt: skip


def recorded_by(organ_code: str, actor_id: str) -> list[WorkItem]:
    """What this log-in recorded itself, the latest first, RECENT at most. One query, read from `act_entered`.

    Acts taken in with a whole case from a workbook are not acts of who uploaded it.
    """
    found = Act.objects.filter(organ_id=organ_code, entered_by=actor_id).order_by("-id")
    columns = (
        "case_id",
        "seq",
        "kind",
        "entered_late",
        "recorded_at",
        "case__party_name",
        "case__entered_late",
    )
    return [
        WorkItem(
            what="已记录", title=KINDS[row["kind"]].label, url=f"{reverse('case', args=[row['case_id']])}#act-{row['seq']}",
            case_no=row["case_id"], party=row["case__party_name"], since=row["recorded_at"], due_on=None, act_seq=row["seq"],
        )
        for row in found.values(*columns)[:RECENT]
        if not (row["entered_late"] and row["case__entered_late"])
    ]  # fmt: skip


def get_case(organ_code: str, case_no: str) -> Case:
    """The case at this address in this organ. Raises UnknownCase; another organ's case is as unknown as none."""
    found = CASE(organ_code, case_no)
    if not found:
        raise UnknownCase(f"没有案件 {case_no}")
    return found[0]


def acts_of(case: Case) -> list[Act]:
    """All acts of a case in order of entry."""
    acts = ACTS(case.no)
    for act in acts:
        act.case = case
    return acts


def archiving_among(acts: Sequence[Act]) -> Act | None:
    """Of acts in record order the one that archived the case, where it was not reopened since."""
    last = next((act for act in reversed(acts) if act.kind in ARCHIVING), None)
    return last if last and last.kind == "case_archived" else None


def require_unarchived(case_no: str) -> None:
    """Whoever writes to a case beside its acts, which the law refuses, asks this with its row locked.

    Raises CaseArchived: the dossier of an archived case stays as it is until the case is reopened. APL art. 47.
    """
    found = Act.objects.filter(case_id=case_no, kind__in=ARCHIVING).order_by("at", "seq")
    if archiving_among(list(found)):
        raise CaseArchived(ARCHIVED)


def within_reach(rows: QuerySet[Case], reach: Reach) -> QuerySet[Case]:
    """Those of `rows` an account of this reach sees."""
    own = rows.filter(organ_id=reach.organ)
    if reach.whole_organ:
        return own
    wanted = Q(named__contains=f"|{reach.staff_no}|") if reach.staff_no else Q(pk__in=())
    if reach.kind == UNIT and reach.unit:
        wanted |= Q(unit=reach.unit)
    return own.filter(wanted)


def of_cases_within_reach(rows: QuerySet, reach: Reach) -> QuerySet:
    """Those of `rows`, which belong to cases, whose case an account of this reach sees."""
    return rows if reach.whole_organ else rows.filter(case__in=within_reach(Case.objects.all(), reach))


def is_within_reach(case_no: str, reach: Reach) -> bool:
    """Whether the case at this address may be seen; of who sees the whole organ the page itself asks."""
    if reach.whole_organ:
        return True
    row = Case.objects.filter(no=case_no).values("organ_id", "unit", "named").first()
    return row is not None and reach.covers(
        organ=row["organ_id"], unit=row["unit"], named=frozenset(row["named"].strip("|").split("|"))
    )


def record_dict(case_no: str) -> dict[str, Any]:
    """The whole case as a record file (`yifa-record/1`). Raises UnknownCase."""
    case = Case.objects.select_related("organ").filter(no=case_no).first()
    if case is None:
        raise UnknownCase(f"没有案件 {case_no}")
    return assemble(case, case.acts.all(), staff_of(case.organ_id))[1]


def record_of(case_no: str) -> law_record.Record:
    """The case as the law reads it."""
    return read_record(record_dict(case_no))


def records_of(cases: QuerySet[Case]) -> Iterator[tuple[Case, list[Act], law_record.Record]]:
    """Each of these cases of one organ with its acts in record order, as the law reads it. Four queries."""
    chosen = list(cases.select_related("organ").prefetch_related("acts"))
    if not chosen:
        return
    organ = chosen[0].organ
    staff, law = staff_of(organ.code), law_of(organ.code, organ.territory)
    for case in chosen:
        acts, raw = assemble(case, case.acts.all(), staff)
        yield case, acts, law_record.parse(raw, law=law)


def reckoned_of(
    cases: QuerySet[Case], reckon: Callable[[list[Act], law_record.Record], Found]
) -> dict[str, Found]:
    """What `reckon` says of each of these cases of one organ, by its address. Four queries.

    Left out is a case whose record the law cannot read, or for whose days it has no answer.
    """
    chosen = list(cases.select_related("organ").prefetch_related("acts"))
    if not chosen:
        return {}
    organ, found = chosen[0].organ, {}
    staff, law = staff_of(organ.code), law_of(organ.code, organ.territory)
    for case in chosen:
        acts, raw = assemble(case, case.acts.all(), staff)
        try:
            found[case.no] = reckon(acts, law_record.parse(raw, law=law))
        except (law_record.RecordError, UnknownParameter):
            continue
    return found


def assemble(
    case: Case, acts: Iterable[Act], staff: Mapping[str, dict[str, Any]]
) -> tuple[list[Act], dict[str, Any]]:
    """Acts in record order and the record of the case, from rows at hand: no query."""
    ordered, events = to_events(acts)
    agency = {"id": case.organ_id, "name": case.organ.name, "territory": case.organ.territory}
    if case.entrustment:
        agency["entrustment"] = case.entrustment
    record = {
        "format": FORMAT,
        "agency": agency,
        "number": case.number,
        "matter": case.matter,
        "procedure": case.procedure,
        "campaign": case.campaign or None,
        "party": case.party,
        "violation": case.violation,
        "other_proceedings": case.other_proceedings,
        "people": people_of(named_by(ordered), staff),
        "events": events,
    }
    return ordered, record


def named_by(acts: Iterable[Act]) -> set[str]:
    """Every word of these acts that may be a staff number."""
    found: set[str] = set()
    for act in acts:
        found.update(act.mentioned, act.said)
    return found


def people_in(
    events: Sequence[Mapping[str, Any]], staff: Mapping[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The same of events that are no acts yet."""
    return people_of(strings_in(list(events)), staff)


def people_of(named: Collection[str], staff: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Everyone named, and every head: deliberation is counted against all of them."""
    return [person for key, person in staff.items() if key in named or "head" in person["roles"]]


def event_parts(event: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(data, words) of an event not yet done, kept apart as an act keeps them."""
    return split_event(event)
