"""What an entry says of itself, read from its bytes: at a glance where it is spelt as we spell it, else by the JSON reader."""

from __future__ import annotations

import json
import re

read_json = json.JSONDecoder().raw_decode
# Canonical JSON of the fields in docs/spec/ledger.md, for bodies without escapes and control characters. Whatever
# matches is JSON; what does not match may be JSON all the same.
_ODD = bytes([*range(0x20), ord("\\")])
_TEXT = '"[^"]*+"'
_NUMBER = r"-?+(?:0|[1-9][0-9]{0,18}+)"


def _list(item: str) -> str:
    return rf"\[(?:{item}(?:,{item})*+)?+\]"


def _map(item: str) -> str:
    return rf"\{{(?:{_TEXT}:{item}(?:,{_TEXT}:{item})*+)?+\}}"


_COMMIT = rf'\{{"digest":{_TEXT},"field":{_TEXT}\}}'
_SHAPE = (
    rf'\{{"actor":{_TEXT},"actor_role":{_TEXT},"after":({_map(_TEXT)}),"agency":"([^"]*+)","at":{_TEXT},'
    rf'(?:"before":{_map(_TEXT)},)?+"client":{_map(_TEXT)},"commits":{_list(_COMMIT)},"doc_hashes":{_list(_TEXT)},'
    rf'"idx":({_NUMBER}),"key_epoch":{_NUMBER},(?:"legal_basis":{_TEXT},)?+"log":"([^"]*+)",'
    rf'"object":\{{"id":"([^"]*+)","type":"([^"]*+)","version":{_NUMBER}\}},'
    rf'(?:"occurred_at":{_TEXT},)?+(?:"on_behalf_of":{_TEXT},)?+"reason_code":{_TEXT},"request_id":{_TEXT},'
    rf'"type":{_TEXT},"v":{_NUMBER}\}}'
)
# bytes are matched in two thirds of the time of text
_GLANCE = re.compile(_SHAPE.encode()).fullmatch
# as many matches as lines: each is one whole line
_LINES = re.compile(rf"^{_SHAPE}\n".encode(), re.MULTILINE).findall
_ROWS = re.compile(r'"([^"]*+)":"([^"]*+)"').findall
# Said: (log, idx) it claims, `type:id` of its object, organ, rows it records as pairs of name and digest
Row = tuple[int, bytes, bytes, bytes, str]  # idx, body, both leaves, object, as stored
Said = tuple[tuple[str, int], str, str, list[tuple[str, str]]]


def said(data: bytes) -> Said | None:
    """What the body says; None where it cannot be read."""
    try:
        text = str(data, "utf-8")
        found = None if _odd(data) else _GLANCE(data)
        return _read(text) if found is None else _said(found.groups())
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def all_said(entries: list[Row], log: str, *, rows: bool) -> list[Said] | None:
    """What many bodies say of index and object; None where one is not as these say, or not seen at a glance.

    All are read in one go. Without `rows` the answer is empty: whoever needs no rows is spared making lists of them.
    An entry with `details` is never seen so; what it tells is for whoever reads bodies one by one.
    """
    lines = b"\n".join([*(row[1] for row in entries), b""])
    if lines.count(b"\n") != len(entries) or _odd(lines, but=b"\n"):
        return None
    try:
        str(lines, "utf-8")
    except UnicodeDecodeError:
        return None
    found = _LINES(lines)
    if len(found) != len(entries) or {parts[3] for parts in found} != {log.encode()}:
        return None
    if [(int(parts[2]), parts[5] + b":" + parts[4]) for parts in found] != [
        (row[0], row[4].encode()) for row in entries
    ]:
        return None
    return [_said(parts) for parts in found] if rows else []


def _odd(data: bytes, but: bytes = b"") -> bool:
    return len(data.translate(None, _ODD.replace(but, b"") if but else _ODD)) != len(data)


def _said(parts: tuple[bytes, ...]) -> Said:
    after, agency, idx, log, key, table = (part.decode() for part in parts)
    return (log, int(idx)), f"{table}:{key}", agency, _ROWS(after)


def _read(text: str) -> Said | None:
    """Raises ValueError, KeyError, TypeError, AttributeError where it is no entry."""
    body, end = read_json(text)
    subject = f"{body['object']['type']}:{body['object']['id']}"
    answer = (body["log"], body["idx"]), subject, body["agency"], list(body["after"].items())
    return answer if end == len(text) else None
