"""Between an act (a row) and an event (of the record format): nothing is lost on the way, either direction.

Free text of an event is kept apart in `words`, which alone is erasable. An event that points to another event by
its index is stored with the act's `seq`, since indexes move when an act is entered late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from yifa.casework.cases.models import Act
from yifa.law.events import COMMON, KINDS
from yifa.ledger.clock import SHANGHAI

COLUMNS = frozenset({"at", "kind", "by"})
SAME_HOUR = timedelta(hours=1)


def split_event(event: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Keys of an event as (data, words): words are those the record format marks as free text."""
    keys = {**COMMON, **KINDS[event["kind"]].keys}
    data: dict[str, Any] = {}
    words: dict[str, Any] = {}
    for name, value in event.items():
        if name not in COLUMNS:
            (words if name in keys and keys[name].free_text else data)[name] = value
    return data, words


def to_event(act: Act, index_of: Mapping[int, int]) -> dict[str, Any]:
    """The event of an act. `index_of` maps an act's `seq` to its index in the record."""
    event = {
        "at": act.at.astimezone(SHANGHAI).isoformat(),
        "kind": act.kind,
        "by": act.by,
        **act.data,
        **act.words,
    }
    if act.kind == "recording_linked":
        event["event"] = index_of[event["event"]]
    return event


def in_order(acts: Iterable[Act]) -> list[Act]:
    """Acts as the record lists them: by moment, a late entry at its place; equal moments in order of entry."""
    return sorted(acts, key=lambda act: (act.at, act.seq))


def to_events(acts: Iterable[Act]) -> tuple[list[Act], list[dict[str, Any]]]:
    """Acts in record order, and their events."""
    ordered = in_order(acts)
    index_of = {act.seq: index for index, act in enumerate(ordered)}
    return ordered, [to_event(act, index_of) for act in ordered]


def is_late(happened: datetime, now: datetime, acts: Iterable[Act] = ()) -> bool:
    """Is it entered after the day it happened, or after acts that happened later (补录)?

    Midnight alone makes nothing late: a form opened at 23:58 on a night patrol is sent at 00:03.
    """
    past = happened.date() < now.date() and now - happened > SAME_HOUR
    return past or any(act.at > happened for act in acts)


def moment(event: Mapping[str, Any]) -> datetime:
    """The `at` of an event, aware."""
    return datetime.fromisoformat(event["at"])
