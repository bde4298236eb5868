"""The minutes (讨论纪要): composed from the votes, written by the chair, signed by everybody who was there."""

from __future__ import annotations

from collections.abc import Mapping

from yifa.casework.committee.actions.calling import Person, locked, store
from yifa.casework.committee.errors import NotNow, NotPermitted
from yifa.casework.committee.models import (
    CALLED,
    CLOSED,
    SIGNING,
    AgendaItem,
    CommitteeMeeting,
    MinutesSignature,
)
from yifa.casework.proposals.models import DELIBERATING, VOTES
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing

NOT_DONE = "还有案件没有讨论完：请先由主持人确认各案的讨论结果。"


def draft(found: CommitteeMeeting, names: Mapping[str, str]) -> str:
    """What the votes say, for the chair to complete."""
    here = [one.person for one in found.attendances.all()]
    absent = [who for who in found.members if who not in here]
    told = [
        f"时间：{found.at:%Y-%m-%d %H:%M}", f"地点：{found.place}", f"主持人：{names.get(found.chaired_by, '')}",
        f"到会：{listed(here, names)}", f"缺席：{listed(absent, names) or '无'}",
    ]  # fmt: skip
    items = found.items.select_related("case", "deliberation").prefetch_related(
        "recusals", "deliberation__votes"
    )
    for item in items:
        told += [
            "",
            f"{item.serial}. {item.case_id} {item.case.party_name}：{item.question}",
            *said(item, names),
        ]
    return "\n".join(told)


def listed(people: list[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(who, who) for who in people)


def said(item: AgendaItem, names: Mapping[str, str]) -> list[str]:
    """Each member's vote and words, the chair last; those who took no part."""
    lines = [f"{names.get(one.person, one.person)}：回避。{one.reason}" for one in item.recusals.all()]
    if item.deliberation is None:
        return [*lines, "本案没有讨论。"]
    votes = sorted(item.deliberation.votes.all(), key=lambda one: one.person == item.deliberation.chaired_by)
    lines += [f"{names.get(one.person, one.person)}：{VOTES[one.vote]}。{one.reason}" for one in votes]
    cast = [one.vote for one in votes]
    return [
        *lines,
        f"结果：{'，'.join(f'{words}{cast.count(key)}人' for key, words in VOTES.items() if key in cast)}。",
    ]


def write_minutes(*, no: str, words: str, person: Person, actor: Actor) -> CommitteeMeeting:
    """Raises NotNow, NotPermitted. From here the minutes stand; reservations are written with the signature."""
    with writing() as unit:
        found = locked(no, CALLED)
        if person["id"] != found.chaired_by:
            raise NotPermitted("会议纪要由主持人本人登录提交。")
        items = list(found.items.select_related("deliberation"))
        discussed = [one for one in items if one.deliberation]
        if not discussed or any(one.deliberation.state == DELIBERATING for one in discussed):
            raise NotNow(NOT_DONE)
        found.minutes, found.minutes_by, found.minutes_at = words, person["id"], clock.now()
        found.state = SIGNING
        store(unit, "committee_minutes_written", found, actor)
    return found


def sign(*, no: str, choice: str, words: str, person: Person, actor: Actor) -> MinutesSignature:
    """One's own signature; with the last one the meeting is closed. Raises NotNow, NotPermitted."""
    with writing() as unit:
        found = locked(no, SIGNING)
        here = {one.person for one in found.attendances.all()}
        signed = {one.person for one in found.signatures.all()}
        if person["id"] not in here:
            raise NotPermitted("会议纪要由到会人员本人签字。")
        if person["id"] in signed:
            raise NotNow("您已经签字了，不能更改。")
        made = MinutesSignature(
            organ_id=found.organ_id,
            meeting=found,
            person=person["id"],
            choice=choice,
            words=words,
            at=clock.now(),
        )
        unit.log(type="committee_minutes_signed", actor=actor, agency=found.organ_id, rows=[made])
        made.save(force_insert=True)
        if here <= signed | {person["id"]}:
            found.state, found.closed_at = CLOSED, clock.now()
            store(unit, "committee_closed", found, actor)
    return made
