"""Whether a manifest says all that a restore reads of it: looked at whole before anything is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], bool]
_DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _digest(value: Any) -> bool:
    return isinstance(value, str) and bool(_DIGEST(value))


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


LOG: Mapping[str, Check] = {"size": _count, "root_sha256": _digest}
TABLE: Mapping[str, Check] = {"table": _text, "columns": _names, "rows": _count, "sha256": _digest}
FILE: Mapping[str, Check] = {"sha256": _digest, "lost": _text}


def unfit(manifest: Mapping[str, Any]) -> str:
    """The first member that is missing or not of its kind, such as `tables[3].rows`; empty where all are well.

    `files` may be missing: backups from before there were files of evidence have none.
    """
    if not _text(manifest.get("made_at")):
        return "made_at"
    if wrong := _unfit(manifest.get("log"), LOG):
        return f"log{wrong}".rstrip()
    for name, checks in (("tables", TABLE), ("files", FILE)):
        listed = manifest.get(name, [] if name == "files" else None)
        if not isinstance(listed, list):
            return name
        for place, one in enumerate(listed):
            if wrong := _unfit(one, checks):
                return f"{name}[{place}]{wrong}".rstrip()
    tables = [one["table"] for one in manifest["tables"]]
    return "" if len(set(tables)) == len(tables) else "tables"


def _unfit(found: Any, checks: Mapping[str, Check]) -> str:
    """`.name` of the first member that does not hold, ` ` where it is no object at all; empty where all do."""
    if not isinstance(found, dict):
        return " "
    return next((f".{name}" for name, holds in checks.items() if not holds(found.get(name))), "")
