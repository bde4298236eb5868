"""Call a meeting, put cases on its agenda, cancel it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.models import Case
from yifa.casework.committee.errors import NotNow, NotPermitted
from yifa.casework.committee.models import CALLED, CANCELLED, STATES, AgendaItem, CommitteeMeeting
from yifa.casework.proposals.actions.deliberating import MEMBER_ROLES
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.clock import SHANGHAI
from yifa.ledger.repeated import require_not_repeated
from yifa.registry.organs.models import Organ
from yifa.registry.people.queries import staff_of

Person = Mapping[str, Any]
HEADS_ONLY = "案审委员会会议由负责人召集，须本人登录。"
NO_MEMBER = "参加人员应当是负责人或者案审委员，主持人应当是参加会议的负责人。"


@dataclass(frozen=True)
class Plan:
    """When, where, who."""

    starts_at: datetime
    place: str
    members: Sequence[str]
    chaired_by: str


def call(*, organ: str, plan: Plan, person: Person, actor: Actor, again: str = "") -> CommitteeMeeting:
    """Raises NotPermitted, Repeated."""
    require_head(person)
    staff = staff_of(organ)
    known = {key for key, one in staff.items() if MEMBER_ROLES & set(one["roles"])}
    chair = staff.get(plan.chaired_by, {"roles": []})
    if not set(plan.members) <= known or plan.chaired_by not in plan.members or "head" not in chair["roles"]:
        raise NotPermitted(NO_MEMBER)
    with writing() as unit:
        # the row of the organ is locked, so that serials of its meetings do not collide
        Organ.objects.select_for_update().filter(pk=organ).values_list("pk").get()
        year = plan.starts_at.astimezone(SHANGHAI).year
        serial = CommitteeMeeting.objects.filter(organ_id=organ, year=year).count() + 1
        made = CommitteeMeeting(
            no=f"{organ}-A{year}-{serial}", organ_id=organ, year=year, serial=serial, starts_at=plan.starts_at,
            place=plan.place, chaired_by=plan.chaired_by, members=list(plan.members), called_by=person["id"],
            called_at=clock.now(),
        )  # fmt: skip
        newest = CommitteeMeeting.objects.filter(organ_id=organ, year=year).order_by("serial").last()
        require_not_repeated(made, newest, written="called_at", again=again)
        unit.log(type="committee_called", actor=actor, agency=organ, rows=[made])
        made.save(force_insert=True)
    return made


def put_on(*, no: str, case_no: str, question: str, person: Person, actor: Actor) -> AgendaItem:
    """One more case on the agenda. Raises NotNow, NotPermitted."""
    require_head(person)
    with writing() as unit:
        found = locked(no, CALLED)
        case = Case.objects.filter(organ_id=found.organ_id, no=case_no).first()
        if case is None:
            raise NotNow(gettext("本机关没有案件 %(no)s，请核对案件编号。") % {"no": case_no})
        if not case.acts.filter(kind="investigation_closed").exists():
            raise NotNow(gettext("案件 %(no)s 还没有调查终结，不能提交讨论。") % {"no": case_no})
        if found.items.filter(case=case).exists():
            raise NotNow(gettext("案件 %(no)s 已经在议程上。") % {"no": case_no})
        made = AgendaItem(
            organ_id=found.organ_id, meeting=found, serial=found.items.count() + 1, case=case, question=question,
            put_by=person["id"], put_at=clock.now(),
        )  # fmt: skip
        unit.log(type="committee_item_added", actor=actor, agency=found.organ_id, rows=[made])
        made.save(force_insert=True)
    return made


def cancel(*, no: str, words: str, person: Person, actor: Actor) -> CommitteeMeeting:
    """Raises NotNow, NotPermitted. A meeting that discussed something is not cancelled."""
    require_head(person)
    with writing() as unit:
        found = locked(no, CALLED)
        if found.items.exclude(deliberation=None).exists():
            raise NotNow("会议已经讨论过案件，不能取消。")
        found.state, found.words = CANCELLED, words
        store(unit, "committee_cancelled", found, actor)
    return found


def require_head(person: Person) -> None:
    if "head" not in person["roles"]:
        raise NotPermitted(HEADS_ONLY)


def locked(no: str, *states: str) -> CommitteeMeeting:
    """Raises NotNow."""
    found = CommitteeMeeting.objects.select_for_update().get(no=no)
    if found.state not in states:
        raise NotNow(
            gettext("会议现在是“%(state)s”，不能这样办理。") % {"state": gettext(STATES[found.state])}
        )
    return found


def store(unit: Unit, type: str, found: CommitteeMeeting, actor: Actor) -> None:
    found.version += 1
    unit.log(type=type, actor=actor, agency=found.organ_id, rows=[found])
    found.save()
