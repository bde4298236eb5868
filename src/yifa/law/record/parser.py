"""From JSON or TOML data to a Record, or all its problems at once (record.md §1–2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yifa.law.events import AFTER_ARCHIVE, COMMON, KINDS, Key
from yifa.law.record import head
from yifa.law.record.model import (
    NO_PENALTY,
    Agency,
    Event,
    OtherProceeding,
    Party,
    Person,
    Record,
    Violation,
)
from yifa.law.record.values import Bad, Problems, read_object, show

if TYPE_CHECKING:
    from yifa.law.packs import Pack


class RecordError(ValueError):
    """Not a valid record. `problems`: every problem, each naming its path, in the order of the file."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


_EVENT_TABLES: dict[str, dict[str, Key]] = {
    kind: {**COMMON, **definition.keys} for kind, definition in KINDS.items()
}
DECISIONS = frozenset({"decision_made", "summary_decision_made"})
_DEFAULT_IDS = frozenset({"preservation_ordered", "preservation_disposed"})


def parse(data: Any, *, law: Pack | None = None) -> Record:
    """A Record from parsed JSON or TOML, judged by `law` where given. Raises RecordError with all problems."""
    problems = Problems()
    if not isinstance(data, dict):
        raise RecordError(["record: is not an object"])
    if data.get("format") != head.FORMAT:
        raise RecordError(
            [f"format: {show(data.get('format'))} is not {head.FORMAT!r}; migrate the file first"]
        )
    _check_top(data, problems)
    raw_events = data.get("events", [])
    if not isinstance(raw_events, list):
        problems.add("events", f"{show(raw_events)} is not a list")
        raw_events = []
    people = _people(data.get("people", []), problems)
    _collect_ids(raw_events, problems)
    parts = _head(data, problems)
    events = [
        event for i, raw in enumerate(raw_events) if (event := read_event(raw, i, problems)) is not None
    ]
    check_sequence(events, problems)
    if "violation" in parts:
        _check_dates(parts["violation"], problems)
    if problems.lines:
        raise RecordError(problems.lines)
    return Record(people=people, events=events, law=law, **parts)


def _check_top(data: dict[Any, Any], problems: Problems) -> None:
    for name in data:
        if name not in head.TOP:
            problems.add(str(name), "is not a known key")
    for name in head.TOP_REQUIRED:
        if name not in data:
            problems.add(name, "is missing")


def _objects(value: Any, path: str, table: dict[str, Key], problems: Problems) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple):
        problems.add(path, f"{show(value)} is not a list")
        return []
    found = []
    for place, item in enumerate(value):
        before = len(problems.lines)
        part = _object(item, f"{path}[{place}]", table, problems)
        if len(problems.lines) == before:
            found.append(part)
    return found


def _object(value: Any, path: str, table: dict[str, Key], problems: Problems) -> dict[str, Any]:
    try:
        return read_object(value, table, path, problems)
    except Bad as wrong:
        problems.add(path, str(wrong))
        return {}


def _people(value: Any, problems: Problems) -> dict[str, Person]:
    if isinstance(value, list | tuple):
        for place, item in enumerate(value):
            name = item.get("id") if isinstance(item, dict) else None
            if isinstance(name, str) and name in problems.people:
                problems.add(f"people[{place}].id", f"{name!r} appears twice")
            if isinstance(name, str):
                problems.people.add(name)
    return {part["id"]: Person(**part) for part in _objects(value, "people", head.PERSON, problems)}


def _head(data: dict[str, Any], problems: Problems) -> dict[str, Any]:
    before = len(problems.lines)
    scalars = read_object(
        {name: data[name] for name in head.SCALARS if name in data}, head.SCALARS, "", Quiet(problems)
    )
    agency = _object(data.get("agency", {}), "agency", head.AGENCY, problems) if "agency" in data else {}
    party = _object(data["party"], "party", head.PARTY, problems) if "party" in data else {}
    violation = (
        _object(data["violation"], "violation", head.VIOLATION, problems) if "violation" in data else {}
    )
    others = _objects(
        data.get("other_proceedings") or [], "other_proceedings", head.OTHER_PROCEEDING, problems
    )
    if len(problems.lines) > before or not (agency and party and violation):
        return {}
    return {
        **scalars,
        "agency": Agency(**agency),
        "party": Party(**party),
        "violation": Violation(**violation),
        "other_proceedings": tuple(OtherProceeding(**part) for part in others),
    }


def _check_dates(violation: Violation, problems: Problems) -> None:
    """Nothing ends, and nothing is discovered, before it began."""
    if violation.ended_on is not None and violation.ended_on < violation.began_on:
        problems.add("violation.ended_on", "is before began_on")
    if violation.discovered_on < violation.began_on:
        problems.add("violation.discovered_on", "is before began_on")


class Quiet(Problems):
    """Passes problems on except "is missing": the top level has named those already."""

    def __init__(self, outer: Problems) -> None:
        self.__dict__ = outer.__dict__

    def add(self, path: str, text: str) -> None:
        if text != "is missing":
            super().add(path, text)


def _collect_ids(raw_events: list[Any], problems: Problems) -> None:
    """Ids are known from anywhere in the file, so that one problem is not reported as two."""
    problems.event_count = len(raw_events)
    for place, raw in enumerate(raw_events):
        if not isinstance(raw, dict):
            continue
        if raw.get("kind") == "evidence_added" and isinstance(raw.get("id"), str):
            if raw["id"] in problems.evidence:
                problems.add(f"events[{place}].id", f"{raw['id']!r} appears twice")
            problems.evidence.add(raw["id"])
        elif raw.get("kind") == "statement_made" and isinstance(raw.get("points"), list | tuple):
            problems.points.update(item for item in raw["points"] if isinstance(item, str))


def read_event(raw: Any, index: int, problems: Problems) -> Event | None:
    """One event; None (and problems) where it cannot be read."""
    path = f"events[{index}]"
    if not isinstance(raw, dict):
        problems.add(path, f"{show(raw)} is not an object")
        return None
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in _EVENT_TABLES:
        wrong = "is missing" if kind is None else f"{show(kind)} is not one of the event kinds"
        problems.add(f"{path}.kind", wrong)
        return None
    before = len(problems.lines)
    found = read_object(raw, _EVENT_TABLES[kind], path, problems)
    if kind in DECISIONS and found.get("penalty") is None:
        if found.get("outcome") == "penalty":
            problems.add(f"{path}.penalty", "is missing")
        found["penalty"] = NO_PENALTY
    if kind == "time_excluded" and len(problems.lines) == before and found["to_on"] < found["from_on"]:
        problems.add(f"{path}.to_on", "is before from_on")
    if len(problems.lines) > before:
        return None
    at, by = found.pop("at"), found.pop("by")
    note, late_reason = found.pop("note"), found.pop("late_reason")
    found.pop("kind")
    return Event(index, at, kind, by, found, at.date(), note, late_reason)


def check_sequence(events: list[Event], problems: Problems) -> None:
    """Order of moments, ids of preservations and measures, and what may follow an archived case."""
    archived = False
    opened: dict[str, list[str]] = {"preservation": [], "measure": []}
    seen: dict[str, set[str]] = {"preservation": set(), "measure": set()}
    previous = None
    for event in events:
        path = f"events[{event.index}]"
        if previous is not None and event.at < previous.at:
            problems.add(f"{path}.at", f"{event.at.isoformat()} is before events[{previous.index}].at")
        previous = event
        if archived and event.kind not in AFTER_ARCHIVE:
            problems.add(f"{path}.kind", f"{event.kind!r} after case_archived needs case_reopened first")
        archived = event.kind == "case_archived" or (archived and event.kind != "case_reopened")
        family, _, verb = event.kind.partition("_")
        if family in opened:
            _check_item(event, verb, opened[family], seen[family], path, problems)


def _check_item(
    event: Event, verb: str, opened: list[str], seen: set[str], path: str, problems: Problems
) -> None:
    """Preservation and measure ids: default ids are filled in, unknown and doubled ones are problems."""
    if verb == "ordered":
        if event.data["id"] is None:
            event.data["id"] = str(len(seen) + 1)
        if event.data["id"] in seen:
            problems.add(f"{path}.id", f"{event.data['id']!r} appears twice")
        seen.add(event.data["id"])
        opened.append(event.data["id"])
        return
    if event.data["id"] is None and opened:
        event.data["id"] = opened[0]
    if event.data["id"] is None:
        problems.add(f"{path}.id", "nothing is open that could be disposed of")
    elif event.data["id"] not in seen:
        problems.add(f"{path}.id", f"{event.data['id']!r} is not an id ordered before")
    elif verb != "extended" and event.data["id"] in opened:
        opened.remove(event.data["id"])
