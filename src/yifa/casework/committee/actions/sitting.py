"""At the meeting: who came, who takes no part in which case, and opening a case, which becomes a deliberation."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from yifa.casework.cases.models import Act
from yifa.casework.committee.actions.calling import Person, locked
from yifa.casework.committee.errors import NoQuorum, NotNow, NotPermitted
from yifa.casework.committee.models import CALLED, AgendaItem, Attendance, CommitteeMeeting, ItemRecusal
from yifa.casework.proposals.actions import ask_deliberation
from yifa.casework.proposals.actions.deliberating import member_refusal
from yifa.casework.proposals.models import Deliberation
from yifa.law.packs import UnknownParameter
from yifa.law.quorum import least_heads
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing
from yifa.registry.laws.queries import law_of
from yifa.registry.people.queries import staff_of

NOT_INVITED = "您不是这次会议的参加人员。"


@dataclass(frozen=True)
class Standing:
    """Who may discuss one case: `taking_part` came and have no conflict; `out`: (person, why) of the others.

    `heads`: heads among those taking part; `least`: how many there must be, None where no law says so.
    """

    taking_part: list[str]
    out: list[tuple[str, str]]
    heads: int
    least: int | None

    @property
    def enough(self) -> bool:
        return self.least is None or self.heads >= self.least


def attend(*, no: str, person: Person, actor: Actor) -> Attendance:
    """One's own presence. Raises NotNow, NotPermitted."""
    with writing() as unit:
        found = locked(no, CALLED)
        if person["id"] not in found.members:
            raise NotPermitted(NOT_INVITED)
        if clock.now() < found.starts_at:
            raise NotNow("会议还没有到时间，到会之后再签到。")
        if found.attendances.filter(person=person["id"]).exists():
            raise NotNow("您已经签到了。")
        made = Attendance(organ_id=found.organ_id, meeting=found, person=person["id"], at=clock.now())
        unit.log(type="committee_attended", actor=actor, agency=found.organ_id, rows=[made])
        made.save(force_insert=True)
    return made


def recuse(*, no: str, serial: int, reason: str, person: Person, actor: Actor) -> ItemRecusal:
    """One takes no part in one case. Raises NotNow, NotPermitted."""
    with writing() as unit:
        found = locked(no, CALLED)
        if person["id"] not in found.members:
            raise NotPermitted(NOT_INVITED)
        item = item_of(found, serial)
        if item.deliberation_id:
            raise NotNow("本案已经开始讨论。请在讨论页面申请回避。")
        if item.recusals.filter(person=person["id"]).exists():
            raise NotNow("您已经申请回避本案。")
        made = ItemRecusal(
            organ_id=found.organ_id, item=item, person=person["id"], reason=reason, at=clock.now()
        )
        unit.log(type="committee_recused", actor=actor, agency=found.organ_id, rows=[made])
        made.save(force_insert=True)
    return made


def item_of(found: CommitteeMeeting, serial: int) -> AgendaItem:
    """Raises NotNow."""
    item = found.items.filter(serial=serial).select_related("case__organ").first()
    if item is None:
        raise NotNow("议程上没有这一件，请从列表中选择。")
    return item


def standing(item: AgendaItem, acts: list[Act]) -> Standing:
    """Who takes part in the discussion of this case, as things are now."""
    found, staff = item.meeting, staff_of(item.organ_id)
    here = {one.person for one in found.attendances.all()}
    declared = {one.person for one in item.recusals.all()}
    taking_part, out = [], []
    for who in found.members:
        why = conflict(who, staff, acts, declared) or ("" if who in here else "没有签到")
        if why:
            out.append((who, why))
        else:
            taking_part.append(who)
    heads = [who for who, one in staff.items() if "head" in one["roles"]]
    return Standing(taking_part, out, len(set(heads) & set(taking_part)), quorum(item, len(heads)))


def conflict(who: str, staff: dict, acts: list[Act], declared: set[str]) -> str:
    if who in declared:
        return "申请回避"
    return (member_refusal(staff[who], acts) or "") if who in staff else "已不在本机关"


def quorum(item: AgendaItem, heads: int) -> int | None:
    organ = item.case.organ
    try:
        return least_heads(law_of(organ.code, organ.territory), clock.today(), heads)
    except UnknownParameter:
        return None


def open_item(
    *, no: str, serial: int, chair: str, person: Person, actor: Actor, expected: int
) -> Deliberation:
    """The chair opens a case; from here each member votes by himself, the chair last.

    Raises NotNow, NotPermitted, NoQuorum, StaleEdition; AlreadyHandled where the case is being discussed elsewhere.
    """
    with writing() as unit:
        found = locked(no, CALLED)
        if person["id"] != found.chaired_by:
            raise NotPermitted("由会议主持人本人登录宣布讨论。")
        if not found.attendances.filter(person=person["id"]).exists():
            raise NotNow("请先签到。")
        item = item_of(found, serial)
        if item.deliberation_id:
            raise NotNow("本案已经开始讨论。")
        now = standing(item, list(item.case.acts.all()))
        if chair not in now.taking_part:
            raise NotPermitted("主持本案的人没有签到，或者应当回避。请另选一名参加讨论的负责人主持。")
        if not now.enough:
            raise NoQuorum(
                gettext("参加本案讨论的负责人只有%(heads)s名，须有%(least)s名以上，不能讨论。")
                % {"heads": now.heads, "least": now.least}
            )
        made = ask_deliberation(
            case_no=item.case_id, question=item.question, members=now.taking_part, chair=chair, person=person,
            actor=actor, expected=expected,
        )  # fmt: skip
        item.deliberation = made
        item.version += 1
        unit.log(type="committee_item_opened", actor=actor, agency=found.organ_id, rows=[item])
        item.save()
    return made
