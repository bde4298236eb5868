"""What a phone takes along for a day: the conditions, the look-ups of that day, the matters, the defaults of the record."""

from __future__ import annotations

from datetime import date
from typing import Any

from yifa.law.events import KINDS, Key
from yifa.law.packs import Pack, pack
from yifa.law.packs.errors import NotInForce, UnknownParameter
from yifa.law.record import head
from yifa.law.rules import GUARDS, RULES
from yifa.law.summary.evaluator import conditions, plain

ACTS = (
    "scene_recorded",
    "correction_ordered",
    "prior_notice_served",
    "summary_decision_made",
    "fine_collected",
)
"""Acts of the summary procedure whose guards are in question."""


def bundle(territory: str, on: date) -> dict[str, Any]:
    """All evaluator.js needs to judge acts of one day. `server_only`: rules it does not judge, so that it can say so."""
    of = pack(territory)
    rows = [
        {**row, "since": plain(RULES[rule].since), "severity": RULES[rule].severity_on(on),
         "article": RULES[rule].article_on(on)}
        for rule, row in conditions().items()
    ]  # fmt: skip
    return {
        "day": on.isoformat(),
        "conditions": rows,
        "server_only": sorted(
            {rule.id for kind in ACTS for rule in GUARDS.get(kind, ())} - set(conditions())
        ),
        "lookups": {name: _look_up(of, name, on) for name in look_ups()},
        "matters": {
            code: {
                "competence": one.competence,
                "draft": one.draft,
                "in_force_from": plain(one.in_force_from),
            }
            for code, one in of.matters.items()
        },
        "defaults": {
            "party": _defaults(head.PARTY),
            "violation": _defaults(head.VIOLATION),
            "penalty": _defaults(head.PENALTY),
            "events": {kind: _defaults(one.keys) for kind, one in KINDS.items()},
        },
    }


def look_ups() -> set[str]:
    """The names of all parameters the conditions ask for."""
    found: set[str] = set()
    for row in conditions().values():
        for path, _, *rest in (one for fault in row["fault"] for one in fault["when"]):
            if path.startswith("lookup."):
                found.add(path.removeprefix("lookup."))
            if rest and isinstance(rest[0], dict) and "lookup" in rest[0]:
                found.add(rest[0]["lookup"])
    return found


def _look_up(of: Pack, name: str, on: date) -> Any:
    try:
        return plain(of.param(name, on).value)
    except (NotInForce, UnknownParameter):
        return None


def _defaults(keys: dict[str, Key]) -> dict[str, Any]:
    return {
        name: list(key.default) if isinstance(key.default, tuple) else key.default
        for name, key in keys.items()
        if not key.required and not key.unknown
    }
