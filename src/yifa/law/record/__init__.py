"""The record file `yifa-record/1`: one case as the law sees it. Spec: docs/spec/record.md."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yifa.law.record.model import Event, Penalty, Person, Record
from yifa.law.record.parser import RecordError, parse
from yifa.law.record.values import CHINA, Bad, Problems, read_date, read_datetime, read_moment_end

__all__ = ["CHINA", "Event", "Penalty", "Person", "Record", "RecordError", "load", "moment", "parse"]


def load(path: str | Path) -> Record:
    """The record in a JSON or TOML file (by suffix). Raises RecordError, also for a file that is neither."""
    file = Path(path)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise RecordError([f"{file}: cannot be read ({error.strerror})"]) from error
    return parse(_decode(raw, file))


def _decode(raw: bytes, file: Path) -> Any:
    try:
        text = raw.decode("utf-8-sig")
        if file.suffix.lower() == ".toml":
            return tomllib.loads(text)
        return json.loads(text, object_pairs_hook=_no_doubles)
    except UnicodeDecodeError as error:
        raise RecordError([f"{file}: is not UTF-8 (byte {error.start})"]) from error
    except (ValueError, RecursionError) as error:
        raise RecordError([f"{file}: is not a record: {str(error).splitlines()[0]}"]) from error


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    answer = dict(pairs)
    if len(answer) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key {double!r} appears twice")
    return answer


def moment(text: str) -> datetime:
    """`--at`: a moment with offset, or a date that means the end of that day. Raises ValueError."""
    from yifa.law.events import need

    nothing = Problems()
    try:
        day: date = read_date(text, need("date"), "at", nothing)
    except Bad:
        return read_datetime(text, need("datetime"), "at", nothing)
    return read_moment_end(day)
