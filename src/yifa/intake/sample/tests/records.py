"""A sample case as a record file, without a database: what the rule book is asked about."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from yifa.intake.sample.cases.history import SampleCase
from yifa.intake.sample.days import SHANGHAI
from yifa.intake.sample.people import PEOPLE, SamplePerson
from yifa.intake.sample.recordings import Recording
from yifa.law.labels import key_of


def record_data(case: SampleCase, recordings: list[Recording]) -> dict[str, Any]:
    """`yifa-record/1` of one case with its postings and recordings."""
    events = [(act.at, act.kind, list(act.by), dict(act.data)) for act in case.acts]
    for channel, on in case.postings:
        events.append((datetime.combine(on, time(0), SHANGHAI), "publicity_posted", [], {"channel": channel}))
    events.sort(key=lambda event: event[0])
    events = with_recordings(events, [one for one in recordings if one.case == case.number])
    data = {
        "format": "yifa-record/1",
        "agency": {"id": "120199-cgw", "name": "示例区城市管理委员会", "territory": "120199"},
        "number": case.number,
        "matter": case.matter,
        "procedure": case.procedure,
        "campaign": case.campaign,
        "party": case.party,
        "violation": {**case.violation, "territory": "120199"},
        "people": [person(one) for one in PEOPLE],
        "events": [{"at": at.isoformat(), "kind": kind, "by": by, **more} for at, kind, by, more in events],
    }
    return json.loads(json.dumps(data, default=date.isoformat))


Moment = tuple[datetime, str, list[str], dict[str, Any]]


def with_recordings(events: list[Moment], recordings: list[Recording]) -> list[Moment]:
    """Insert a `recording_linked` after each recorded act; indexes are those of the final list."""
    found: list[tuple[datetime, int, Moment, Recording | None]] = [
        (event[0], 0, event, None) for event in events
    ]
    for one in recordings:
        end = one.start + timedelta(seconds=one.seconds)
        act = max((e for e in events if e[1] == one.kind and e[0] <= one.start), key=lambda e: e[0])
        data = {
            "start": one.start.isoformat(),
            "end": end.isoformat(),
            "device": "ZFJLY",
            "officers": list(one.officers),
            "continuous": True,
            "retention": "permanent" if one.retention == "永久" else int(one.retention),
        }
        found.append((end, 1, (end, "recording_linked", list(one.officers), {**data, "_of": act}), one))
    found.sort(key=lambda row: row[:2])
    ordered = [row[2] for row in found]
    for event in ordered:
        if "_of" in event[3]:
            event[3]["event"] = ordered.index(event[3].pop("_of"))
    return ordered


def person(one: SamplePerson) -> dict[str, Any]:
    row = one.row()
    roles = [key_of("register_role", text) for text in one.roles.split("、")]
    found: dict[str, Any] = {
        "id": one.staff_no,
        "name": one.name,
        "roles": ["counsel" if role == "public_lawyer" else role for role in roles],
        "legal_profession_qualified": one.qualified,
    }
    if one.certified:
        found["certificate"] = {
            "number": row["执法证号"],
            "valid_from": row["证件有效期起"],
            "valid_to": row["证件有效期止"],
        }
    return found
