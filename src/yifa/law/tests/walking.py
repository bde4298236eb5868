"""A clerk who does something next, mostly sensible and sometimes not: material for random cases."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from yifa.law.events import KINDS, Key
from yifa.law.record import CHINA, parse
from yifa.law.record.model import Record
from yifa.law.scenarios import base

OFFICERS = ["li", "zhao"]
WHO = {
    "head": ["head"],
    "deliberated": ["head", "head2"],
    "hearing_held": ["host"],
    "legality_reviewed": ["review"],
}
PATH = (
    "lead_registered scene_recorded evidence_added correction_ordered opening_approved handlers_assigned"
    " interview_recorded correction_rechecked investigation_closed prior_notice_served statement_made statement_reexamined"
    " statement_waived hearing_requested hearing_notified hearing_held legality_reviewed deliberated decision_made"
    " summary_decision_made instrument_served publicity_posted fine_collected education_given case_closed case_archived"
).split()  # fmt: skip
SENSIBLE = 93
"""Out of a hundred acts so many are the next of the path, and so many have contents as they should be."""
FINES = (0, 4_000, 10_000, 20_000, 20_100, 150_000, 5_000_000, 20_000_000, 60_000_000)


def start(chance: random.Random) -> Record:
    """A case of a citizen or a company before its first act."""
    data = base(chance.choice(["ordinary", "hearing", "summary"]))
    data["events"] = []
    data["violation"]["complex"] = chance.random() < 0.2
    data["violation"]["harm"] = chance.choice(["none", "slight", "serious"])
    return parse(data)


def next_event(record: Record, chance: random.Random) -> dict[str, Any]:
    """One more act, later than the last one by minutes or days."""
    last = record.events[-1].at if record.events else datetime(2024, 5, 6, 9, 0, tzinfo=CHINA)
    at = last + timedelta(minutes=chance.choice([5, 30, 300, 1440, 3 * 1440, 9 * 1440, 40 * 1440]))
    kind = _kind(record, chance)
    event: dict[str, Any] = {"at": at.isoformat(), "kind": kind, "by": WHO.get(kind, OFFICERS)}
    if chance.random() < 0.05:
        event["by"] = chance.sample(sorted(record.people), chance.randint(0, 3))
    for name, key in KINDS[kind].keys.items():
        good = _good(record, kind, name, at)
        if good is not None and chance.randrange(100) < SENSIBLE:
            event[name] = good
        elif key.required or chance.random() < 0.5:
            event[name] = _any(key, record, at, chance)
    return event


def _kind(record: Record, chance: random.Random) -> str:
    if chance.randrange(100) >= SENSIBLE:
        return chance.choice(list(KINDS))
    done = {event.kind for event in record.events}
    left = [kind for kind in PATH if kind not in done]
    return left[min(int(chance.expovariate(1.2)), len(left) - 1)] if left else chance.choice(list(KINDS))


def _good(record: Record, kind: str, name: str, at: datetime) -> Any:
    """The value a careful clerk enters; None where there is nothing special to enter."""
    citizen = record.party.kind == "citizen"
    penalty = {"kinds": ["fine"], "fine_fen": 10_000 if citizen else 20_000_000}
    day = at.date()
    table: dict[str, Any] = {
        "penalty": penalty, "proposal": penalty, "approved_by": "head", "presided_by": "host", "outcome": "penalty",
        "certificate_shown": True, "signed": "yes", "verified": True, "lawful_source": True, "sealed": True,
        "proves": list(record.violation.facts), "tier": "ordinary", "leniency": "none", "opinion": "agree",
        "contents": list(KINDS[kind].keys["contents"].values) if "contents" in KINDS[kind].keys else None,
        "evidence": [event.data["id"] for event in record.events if event.kind == "evidence_added"],
        "hearing_right_told": True, "handlers": OFFICERS, "mode": "direct", "numbered_form": True,
        "remedy_text": "reconsideration_first" if kind.startswith("summary") else "standard", "handed_over": True,
        "members": ["head", "head2"], "chaired_by": "head", "votes": {"head": "for", "head2": "for"},
        "hearing_on": (day + timedelta(days=15)).isoformat(), "transcript_signed": True, "collector": "bank",
        "law_as_of": record.violation.ended_on.isoformat() if record.violation.ended_on else None, "due_on": day.isoformat(),
        "results": {point: "rejected" for event in record.events if event.kind == "statement_made" for point in event.data["points"]},
    }  # fmt: skip
    return table.get(name)


def _any(key: Key, record: Record, at: datetime, chance: random.Random) -> Any:
    people, day = sorted(record.people), at.date()
    days = [day + timedelta(days=chance.randint(-20, 60)) for _ in range(2)]
    makers = {
        "bool": lambda: chance.random() < 0.5,
        "int": lambda: chance.choice([0, 1, 30, 5000, 10_000, 900_000]),
        "date": lambda: days[0].isoformat(),
        "datetime": lambda: (at + timedelta(minutes=chance.randint(-60, 60))).isoformat(),
        "text": lambda: chance.choice(["甲", "乙方陈述"]),
        "texts": lambda: chance.sample(["甲物", "乙物", *record.violation.facts], 2),
        "id": lambda: f"i{chance.randrange(4)}",
        "ids": lambda: [str(chance.randrange(3))],
        "person": lambda: chance.choice(people),
        "persons": lambda: chance.sample(people, chance.randint(0, 3)),
        "evidence": lambda: [event.data["id"] for event in record.events if event.kind == "evidence_added"][
            :1
        ],
        "results": dict,
        "votes": lambda: {who: chance.choice(key.values) for who in chance.sample(people, 2)},
        "enum": lambda: chance.choice(key.values),
        "enums": lambda: chance.sample(key.values, chance.randint(0, len(key.values))),
        "penalty": lambda: {"kinds": ["fine"], "fine_fen": chance.choice(FINES)},
        "monitor": lambda: {"legal_review": chance.random() < 0.5, "marked": True},
        "event_index": lambda: chance.randrange(len(record.events) or 1),
        "retention": lambda: chance.choice(["permanent", 30]),
    }
    return makers[key.type]()
