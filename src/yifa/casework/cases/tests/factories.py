"""A case on the way, for tests: an organ, its people and a lawful record up to a named stage."""

from __future__ import annotations

from datetime import date
from typing import Any

from yifa.casework.cases.actions import History, record_act, record_histories
from yifa.casework.cases.models import Act, Case
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person

ACTOR = Actor(id="user:1", role="handler", organ="120199-cgw")
PEOPLE = {
    "0101": ("甲一", "|handler|"),
    "0102": ("甲二", "|handler|"),
    "0201": ("乙一", "|reviewer|"),
    "0301": ("丙一", "|head|"),
}
HEAD: dict[str, Any] = {
    "number": "津示城管罚立字〔2021〕第001号",
    "procedure": "ordinary",
    "matter": "M001",
    "campaign": None,
    "party": {"kind": "citizen", "name": "示例当事人"},
    "violation": {
        "place": "示例路1号",
        "territory": "120199",
        "began_on": "2021-08-02",
        "ended_on": "2021-08-02",
        "discovered_on": "2021-08-02",
        "harm": "slight",
        "facts": ["乱扔废弃物"],
    },
}


def organ(code: str = "120199-cgw", *, demo: bool = True) -> Organ:
    made, _ = Organ.objects.get_or_create(
        code=code,
        defaults={
            "name": "示例区城市管理委员会",
            "territory": "120199",
            "document_prefix": "津示城管",
            "demo": demo,
        },
    )
    return made


def people(owner: Organ) -> None:
    for staff_no, (name, roles) in PEOPLE.items():
        Person.objects.get_or_create(
            organ=owner,
            staff_no=staff_no,
            defaults={
                "name": name,
                "roles": roles,
                "certificate_no": f"12019900{staff_no}",
                "certificate_from": date(2019, 1, 1),
                "certificate_to": date(2024, 12, 31),
                "legal_profession_qualified": "reviewer" in roles,
            },
        )


def lead(at: str = "2021-08-02T09:00:00+08:00") -> dict[str, Any]:
    return {"at": at, "kind": "lead_registered", "by": ["0101"], "source": "patrol"}


def opening(at: str = "2021-08-03T09:00:00+08:00") -> dict[str, Any]:
    return {"at": at, "kind": "opening_approved", "by": ["0101", "0102"], "approved_by": "0301"}


def interview(at: str = "2021-08-04T09:00:00+08:00", **changes: Any) -> dict[str, Any]:
    event = {
        "at": at,
        "kind": "interview_recorded",
        "by": ["0101", "0102"],
        "certificate_shown": True,
        "signed": "yes",
    }
    return {**event, **changes}


def case_with(
    *events: dict[str, Any], number: str = HEAD["number"], code: str = "120199-cgw", **head: Any
) -> Case:
    """A stored case with these events, entered as history; `head`: what is other than in HEAD."""
    owner = organ(code)
    people(owner)
    record_histories(
        organ=owner, histories=[History({**HEAD, "number": number, **head}, list(events))], actor=ACTOR
    )
    return Case.objects.get(organ=owner, number=number)


def recused(case: Case, who: str, *, decided_by: str, at: str = "2021-08-19T09:00:00+08:00") -> Act:
    """The recusal of an officer, granted by a head."""
    event = {
        "at": at,
        "kind": "recusal_decided",
        "by": [decided_by],
        "person": who,
        "granted": True,
        "decided_by": decided_by,
    }
    return record_act(case_no=case.no, event=event, actor=ACTOR)
