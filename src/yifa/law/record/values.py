"""Reading one value of a record: what each key type accepts. A wrong value is a line that names its path."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from yifa.law.events import Key
from yifa.law.record import head
from yifa.law.record.model import Certificate, Entrustment, Monitor, Penalty

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
MAX_INTEGER = 2**53
MAX_DAYS = 36_500


class Bad(ValueError):
    """One value that cannot stand; the text goes behind its path."""


class Problems:
    """All problems of a record, with the ids known so far (`people`, `evidence`, `points`, `events` count)."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.people: set[str] = set()
        self.evidence: set[str] = set()
        self.points: set[str] = set()
        self.event_count = 0

    def add(self, path: str, text: str) -> None:
        self.lines.append(f"{path}: {text}")


def show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def read_bool(value: Any, key: Key, path: str, problems: Problems) -> bool:
    if value is True or value is False:
        return value
    raise Bad(f"{show(value)} is not true or false")


def read_int(value: Any, key: Key, path: str, problems: Problems) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Bad(f"{show(value)} is not an integer")
    if not 0 <= value < MAX_INTEGER:
        raise Bad(f"{show(value)} is not between 0 and 2^53")
    return value


def read_days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_DAYS:
        raise Bad(f"{show(value)} is not a number of days")
    return value


def read_text(value: Any, key: Key, path: str, problems: Problems) -> str:
    if isinstance(value, str):
        return written(value)
    raise Bad(f"{show(value)} is not a text")


def read_id(value: Any, key: Key, path: str, problems: Problems) -> str:
    if isinstance(value, str) and value:
        return written(value)
    raise Bad(f"{show(value)} is not an id")


def written(value: str) -> str:
    """The text itself. Raises Bad on what nobody can write: control characters (but a new line) and half characters."""
    if not value.isprintable():  # the quick answer for nearly every text
        for char in value:
            if unicodedata.category(char) in ("Cc", "Cs") and char != "\n":
                raise Bad(f"contains the character U+{ord(char):04X}, which is no text")
    return value


def read_date(value: Any, key: Key, path: str, problems: Problems) -> date:
    if isinstance(value, str):
        try:
            if len(value) == 10:
                return date.fromisoformat(value)
        except ValueError:
            pass
    elif isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise Bad(f"{show(value)} is not a date (2024-05-01)")


def read_datetime(value: Any, key: Key, path: str, problems: Problems) -> datetime:
    """RFC 3339 with an offset; a TOML date-time is taken as it is. Answered in China's zone."""
    moment = value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value) if len(value) > 15 else None
        except ValueError:
            moment = None
    if not isinstance(moment, datetime):
        raise Bad(f"{show(value)} is not a moment (2024-05-01T09:00:00+08:00)")
    if moment.tzinfo is None:
        raise Bad(f"{show(value)} has no offset (+08:00)")
    try:
        return moment.astimezone(CHINA)
    except OverflowError as error:
        raise Bad(f"{show(value)} is outside the calendar") from error


def read_enum(value: Any, key: Key, path: str, problems: Problems) -> str:
    if isinstance(value, str) and value in key.values:
        return value
    raise Bad(f"{show(value)} is not one of {', '.join(key.values)}")


def _list(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    raise Bad(f"{show(value)} is not a list")


def _each(value: Any, path: str, problems: Problems, check: Callable[[Any], str | None]) -> tuple[Any, ...]:
    kept = []
    for place, item in enumerate(_list(value)):
        wrong = check(item)
        if wrong is None:
            kept.append(item)
        else:
            problems.add(f"{path}[{place}]", wrong)
    return tuple(kept)


def read_enums(value: Any, key: Key, path: str, problems: Problems) -> tuple[str, ...]:
    values = key.values
    return _each(
        value,
        path,
        problems,
        lambda item: (
            None
            if isinstance(item, str) and item in values
            else f"{show(item)} is not one of {', '.join(values)}"
        ),
    )


def _not_text(item: Any) -> str | None:
    if not isinstance(item, str) or not item:
        return f"{show(item)} is not a text"
    written(item)
    return None


def read_texts(value: Any, key: Key, path: str, problems: Problems) -> tuple[str, ...]:
    if isinstance(value, str):
        return (written(value),)
    return _each(value, path, problems, _not_text)


def read_person(value: Any, key: Key, path: str, problems: Problems) -> str:
    if isinstance(value, str) and value in problems.people:
        return value
    raise Bad(f"{show(value)} is not an id in people")


def read_persons(value: Any, key: Key, path: str, problems: Problems) -> tuple[str, ...]:
    people = problems.people
    return _each(
        value,
        path,
        problems,
        lambda item: (
            None if isinstance(item, str) and item in people else f"{show(item)} is not an id in people"
        ),
    )


def read_evidence(value: Any, key: Key, path: str, problems: Problems) -> tuple[str, ...]:
    known = problems.evidence
    return _each(
        value,
        path,
        problems,
        lambda item: (
            None
            if isinstance(item, str) and item in known
            else f"{show(item)} is not the id of an evidence_added"
        ),
    )


def _map(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise Bad(f"{show(value)} is not an object")


def _mapping(
    value: Any, key: Key, path: str, problems: Problems, known: set[str], what: str
) -> dict[str, str]:
    answer: dict[str, str] = {}
    for name, item in _map(value).items():
        if name not in known:
            problems.add(path, f"{show(name)} is not {what}")
        elif not isinstance(item, str) or item not in key.values:
            problems.add(f"{path}.{name}", f"{show(item)} is not one of {', '.join(key.values)}")
        else:
            answer[name] = item
    return answer


def read_votes(value: Any, key: Key, path: str, problems: Problems) -> dict[str, str]:
    return _mapping(value, key, path, problems, problems.people, "an id in people")


def read_results(value: Any, key: Key, path: str, problems: Problems) -> dict[str, str]:
    return _mapping(value, key, path, problems, problems.points, "a point of a statement_made")


def read_territory(value: Any, key: Key, path: str, problems: Problems) -> str:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) in (2, 4, 6, 9):
        return value
    raise Bad(f"{show(value)} is not a division code (6 or 9 digits)")


def read_event_index(value: Any, key: Key, path: str, problems: Problems) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < problems.event_count:
        return value
    raise Bad(f"{show(value)} is not the index of an event")


def read_retention(value: Any, key: Key, path: str, problems: Problems) -> int | str:
    return "permanent" if value == "permanent" else read_days(value)


def read_object(value: Any, table: dict[str, Key], path: str, problems: Problems) -> dict[str, Any]:
    """Read an object by its table of keys. Unknown and missing keys are problems; defaults are filled in."""
    source = _map(value)
    answer: dict[str, Any] = {}
    if not source.keys() <= table.keys():
        for name in source:
            if name not in table:
                problems.add(f"{path}.{name}" if path else str(name), "is not a known key")
    for name, key in table.items():
        if name not in source:
            if key.required:
                problems.add(f"{path}.{name}" if path else name, "is missing")
            elif not key.unknown:
                answer[name] = key.default
            continue
        given = source[name]
        if given is None and key.nullable:
            if not key.unknown:
                answer[name] = None
            continue
        inner = f"{path}.{name}" if path else name
        try:
            answer[name] = READERS[key.type](given, key, inner, problems)
        except Bad as wrong:
            problems.add(inner, str(wrong))
    return answer


def read_penalty(value: Any, key: Key, path: str, problems: Problems) -> Penalty:
    before = len(problems.lines)
    found = read_object(value, head.PENALTY, path, problems)
    return Penalty(**found) if len(problems.lines) == before else Penalty()


def read_monitor(value: Any, key: Key, path: str, problems: Problems) -> Monitor:
    before = len(problems.lines)
    found = read_object(value, head.MONITOR, path, problems)
    return Monitor(**found) if len(problems.lines) == before else Monitor()


def read_certificate(value: Any, key: Key, path: str, problems: Problems) -> Certificate | None:
    before = len(problems.lines)
    found = read_object(value, head.CERTIFICATE, path, problems)
    return Certificate(**found) if len(problems.lines) == before else None


def read_entrustment(value: Any, key: Key, path: str, problems: Problems) -> Entrustment | None:
    before = len(problems.lines)
    found = read_object(value, head.ENTRUSTMENT, path, problems)
    return Entrustment(**found) if len(problems.lines) == before else None


def read_moment_end(day: date) -> datetime:
    """The end of a day in China: what a bare date means for `--at`."""
    return datetime.combine(day, time(23, 59, 59, 999_999), CHINA)


Reader = Callable[[Any, Key, str, Problems], Any]
READERS: dict[str, Reader] = {
    "bool": read_bool,
    "int": read_int,
    "text": read_text,
    "id": read_id,
    "date": read_date,
    "datetime": read_datetime,
    "enum": read_enum,
    "enums": read_enums,
    "texts": read_texts,
    "ids": read_texts,
    "person": read_person,
    "persons": read_persons,
    "evidence": read_evidence,
    "votes": read_votes,
    "results": read_results,
    "territory": read_territory,
    "event_index": read_event_index,
    "retention": read_retention,
    "penalty": read_penalty,
    "monitor": read_monitor,
    "certificate": read_certificate,
    "entrustment": read_entrustment,
}
