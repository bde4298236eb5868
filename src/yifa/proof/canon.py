"""Canonical bytes: the one JSON spelling that is hashed (docs/spec/ledger.md, after RFC 8785).

Two readings. `canon` is for what the product itself composes (log entries, transcripts) and refuses what could
be spelt in two ways. `canon_stored` is for values people typed, which are digested exactly as they are stored.
"""

from __future__ import annotations

import json
from typing import Any
from unicodedata import is_normalized

LIMIT = 2**53
_spelling = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False)


def canon(value: Any) -> bytes:
    """UTF-8 JSON of `value`: keys sorted and ASCII, no spaces, NFC strings without control characters, integers
    below 2^53 in magnitude, no floats. Raises ValueError naming the path of what cannot be spelt (`$.a[0]`)."""
    _check(value, "$", strict=True)
    return _spell(value)


def canon_stored(value: Any) -> bytes:
    """As `canon`, but text and keys stand as stored: any Unicode, control characters escaped as JSON does
    (`\\n`, `\\u0001`), no normalisation. Equal to `canon(value)` wherever that accepts. Raises ValueError."""
    _check(value, "$", strict=False)
    return _spell(value)


def _spell(value: Any) -> bytes:
    return _spelling.encode(value).encode()


def _check(value: Any, path: str, *, strict: bool) -> None:
    if isinstance(value, str):
        if not (value.isascii() and value.isprintable()):
            _check_text(value, path, strict=strict)
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if not -LIMIT < value < LIMIT:
            raise ValueError(f"{path}: integer beyond 2^53")
    elif isinstance(value, dict):
        _check_members(value, path, strict=strict)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            _check(item, f"{path}[{index}]", strict=strict)
    else:
        raise ValueError(f"{path}: {type(value).__name__} has no canonical form")


def _check_members(value: dict[Any, Any], path: str, *, strict: bool) -> None:
    for key, item in value.items():
        if not isinstance(key, str):
            raise ValueError(f"{path}: key {key!r} is not a string")
        if not (key.isascii() and key.isprintable()):
            if strict:
                raise ValueError(f"{path}: key {key!r} is not printable ASCII")
            _check_text(key, f"{path} key", strict=False)
        # most members are plain text: no call for those
        if not (isinstance(item, str) and item.isascii() and item.isprintable()):
            _check(item, f"{path}.{key}", strict=strict)


def _check_text(text: str, path: str, *, strict: bool) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{path}: lone surrogate") from error
    if not strict:
        return
    if any(char < " " or "\x7f" <= char <= "\x9f" for char in text):
        raise ValueError(f"{path}: control character")
    if not is_normalized("NFC", text):
        raise ValueError(f"{path}: not in NFC")
