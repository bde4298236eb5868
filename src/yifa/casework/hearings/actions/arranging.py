"""Arrange a hearing, notify it (the act of the case), cancel it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.errors import StaleEdition, UnknownCase
from yifa.casework.cases.models import Act, Case
from yifa.casework.hearings.errors import NotPermitted, WrongState
from yifa.casework.hearings.models import ARRANGED, CANCELLED, LIVING, NOTIFIED, STATES, Hearing
from yifa.casework.hearings.permissions import Person, check_can_arrange, host_refusal
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.registry.people.queries import staff_of

ONE_GOES_ON = "本案已经安排了听证，还没有举行。需要改期的，先取消原来的安排。"
WRONG_RECORDER = "记录人应当是本机关人员，并且不是主持人。"


@dataclass(frozen=True)
class Plan:
    """When, where, by whom; `private_reason`: why it is not public, empty where it is."""

    starts_at: datetime
    place: str
    presided_by: str
    recorder: str
    private_reason: str = ""
    participants: str = ""


def arrange(*, case_no: str, plan: Plan, person: Person, actor: Actor, expected: int) -> Hearing:
    """Raises UnknownCase, StaleEdition, NotPermitted, WrongState."""
    with writing() as unit:
        case = locked_case(case_no)
        if expected != case.act_count:
            raise StaleEdition(expected=expected, found=case.act_count)
        acts, staff = list(case.acts.all()), staff_of(case.organ_id)
        check_can_arrange(person, case, acts)
        why = host_refusal(staff.get(plan.presided_by), acts)
        if why or plan.recorder not in staff or plan.recorder == plan.presided_by:
            raise NotPermitted(why or WRONG_RECORDER)
        if Hearing.objects.filter(case=case, state__in=LIVING).exists():
            raise WrongState(ONE_GOES_ON)
        serial = Hearing.objects.filter(case=case).count() + 1
        made = Hearing(
            organ_id=case.organ_id, no=f"{case.no}-H{serial}", case=case, serial=serial, starts_at=plan.starts_at,
            place=plan.place, presided_by=plan.presided_by, recorder=plan.recorder, public=not plan.private_reason,
            private_reason=plan.private_reason, participants=plan.participants, arranged_by=person["id"],
            arranged_at=clock.now(),
        )  # fmt: skip
        unit.log(type="hearing_arranged", actor=actor, agency=case.organ_id, rows=[made])
        made.save(force_insert=True)
    return made


def notify(*, no: str, person: Person, actor: Actor, expected: int) -> Act:
    """The party was told time and place today. Raises WrongState, NotPermitted, StaleEdition, StepRefused."""
    with writing() as unit:
        case, found = locked(no, ARRANGED)
        check_can_arrange(person, case, list(case.acts.all()))
        event = {
            "at": clock.now().isoformat(timespec="seconds"), "kind": "hearing_notified", "by": [person["id"]],
            "hearing_on": found.at.date().isoformat(),
        }  # fmt: skip
        act = record_act(case_no=case.no, event=event, actor=actor, expected=expected)
        found.state, found.notified_seq = NOTIFIED, act.seq
        store(unit, "hearing_notified", found, actor)
    return act


def cancel(*, no: str, person: Person, actor: Actor, words: str) -> Hearing:
    """Raises WrongState, NotPermitted."""
    with writing() as unit:
        case, found = locked(no, *LIVING)
        check_can_arrange(person, case, list(case.acts.all()))
        found.state, found.words = CANCELLED, words
        store(unit, "hearing_cancelled", found, actor)
    return found


def locked_case(case_no: str) -> Case:
    """Raises UnknownCase."""
    found = Case.objects.select_for_update(of=("self",)).select_related("organ").filter(no=case_no).first()
    if found is None:
        raise UnknownCase(f"没有案件 {case_no}")
    return found


def locked(no: str, *states: str) -> tuple[Case, Hearing]:
    """The case, then its hearing, in one of these states. Raises WrongState."""
    case = locked_case(Hearing.objects.values_list("case_id", flat=True).get(no=no))
    found = Hearing.objects.select_for_update().get(no=no)
    if found.state not in states:
        raise WrongState(
            gettext("这次听证现在是“%(state)s”，不能这样办理。") % {"state": gettext(STATES[found.state])}
        )
    return case, found


def store(unit: Unit, type: str, found: Hearing, actor: Actor) -> None:
    found.version += 1
    unit.log(type=type, actor=actor, agency=found.organ_id, rows=[found])
    found.save()
