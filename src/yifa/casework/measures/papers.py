"""The things of the list (清单) in the papers that name them: seizure, release, preservation, disposal. ACL art. 24, 28; APL art. 74."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.measures.models import HeldItem
from yifa.casework.measures.queries import Held, held_in
from yifa.law.labels import label
from yifa.law.measures import MEASURE, PRESERVATION
from yifa.ledger import clock

SEIZURES = (
    "seizure_approval",
    "seizure_decision",
    "seizure_list",
    "seizure_record",
    "seizure_extend",
    "seizure_release",
)
PRESERVATIONS = ("evidence_preservation", "preservation_list")
DISPOSALS = ("goods_handling", "case_closing")
GIVEN_BACK = "returned"


def of_family(case: Case, family: str) -> list[Held]:
    return [one for one in held_in(case, clock.now()) if one.hold.family == family]


def of_measure(case: Case) -> dict[str, Any]:
    """The measure that was ordered last, or, once it has ended, the one that ended last."""
    found = of_family(case, MEASURE)
    ended = [one for one in found if one.hold.ended]
    standing = [one for one in found if one.hold.standing]
    if not found:
        return {}
    one = standing[-1] if standing else max(ended, key=lambda row: row.ended_seq or 0)
    return {"涉案财物": rows(one.items), "存放地点": places(one.items)}


def of_preservation(case: Case) -> dict[str, Any]:
    found = of_family(case, PRESERVATION)
    items = found[-1].items if found else []
    return {"保存物品": [[*row, ""] for row in rows(items)], "保存地点": places(items)}


def of_disposal(case: Case) -> dict[str, Any]:
    """What became of the things: those confiscated or destroyed by how, those given back by whom they went to."""
    ended = [one for one in of_family(case, MEASURE) if one.hold.ended is not None]
    kept = [one for one in ended if outcome(one) != GIVEN_BACK]
    return {
        "罚没物品": [
            [*row[:3], label("measure_outcome", outcome(one)), ""] for one in kept for row in rows(one.items)
        ],
        "物品处理情况": "；".join(f"{names(one)}{label('measure_outcome', outcome(one))}" for one in ended),
    }


def outcome(one: Held) -> str:
    return str(one.hold.ended.data["outcome"]) if one.hold.ended is not None else ""


def names(one: Held) -> str:
    return "、".join(f"{item.name}{item.quantity}" for item in one.items) or "、".join(one.hold.items)


def rows(items: Iterable[HeldItem]) -> list[list[str]]:
    """名称、规格型号、数量、状况."""
    return [[one.name, one.specification, one.quantity, one.condition] for one in items]


def places(items: Iterable[HeldItem]) -> str:
    return "、".join(dict.fromkeys(one.place for one in items))
