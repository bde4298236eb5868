"""What an entry says of itself, read from its bytes: at a glance where it is spelt as we spell it, else by the JSON reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import compress

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
_DETAIL = f"(?:{_TEXT}|{_NUMBER}|{_list(_TEXT)})"


def _shape(log: str, *, rows: bool) -> bytes:
    """A whole body. Groups: rows and organ (only with `rows`), details, index, the log unless given, key, table.

    Bytes, since they are matched in two thirds of the time of text.
    """
    after, agency = (f"({_map(_TEXT)})", '"([^"]*+)"') if rows else (_map(_TEXT), _TEXT)
    return (
        rf'\{{"actor":{_TEXT},"actor_role":{_TEXT},"after":{after},"agency":{agency},"at":{_TEXT},'
        rf'(?:"before":{_map(_TEXT)},)?+"client":{_map(_TEXT)},"commits":{_list(_COMMIT)},'
        rf'(?:"details":({_map(_DETAIL)}),)?+"doc_hashes":{_list(_TEXT)},'
        rf'"idx":({_NUMBER}),"key_epoch":{_NUMBER},(?:"legal_basis":{_TEXT},)?+"log":{log},'
        rf'"object":\{{"id":"([^"]*+)","type":"([^"]*+)","version":{_NUMBER}\}},'
        rf'(?:"occurred_at":{_TEXT},)?+(?:"on_behalf_of":{_TEXT},)?+"reason_code":{_TEXT},"request_id":{_TEXT},'
        rf'"type":{_TEXT},"v":{_NUMBER}\}}'
    ).encode()


_GLANCE = re.compile(_shape('"([^"]*+)"', rows=True)).fullmatch
_ROWS = re.compile(r'"([^"]*+)":"([^"]*+)"').findall


@cache
def _lines(log: str, *, rows: bool) -> re.Pattern[bytes]:
    """Bodies of one log, one a line."""
    return re.compile(b"^%b\n" % _shape(re.escape(f'"{log}"'), rows=rows), re.MULTILINE)


# Said: (log, idx) it claims, `type:id` of its object, organ, rows it records as pairs of name and digest
Row = tuple[int, bytes, bytes, bytes, str]  # idx, body, both leaves, object, as stored
Said = tuple[tuple[str, int], str, str, list[tuple[str, str]]]


def said(data: bytes) -> Said | None:
    """What the body says; None where it cannot be read."""
    try:
        text = str(data, "utf-8")
        found = None if _odd(data) else _GLANCE(data)
        return (
            _read(text)
            if found is None
            else _said(*(part.decode() for part in found.group(1, 2, 4, 5, 6, 7)))
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def erased_by(data: bytes) -> list[str]:
    """The columns an entry says were erased, as `table:key#column`; none where it cannot be read."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return []
    details = told.get("details") if isinstance(told, dict) else None
    if not isinstance(details, dict):
        return []
    many, one = details.get("erased"), details.get("field")
    names = [*many, one] if isinstance(many, list) else [one]
    return [name for name in names if isinstance(name, str)]


def all_said(entries: list[Row], log: str, *, rows: bool) -> tuple[list[Said], list[Row]] | None:
    """What many bodies say of index and object, and the entries with `details`, whose bodies say more than that.

    None where one is not as these say, or not seen at a glance. All are read in one go. Without `rows` nothing is
    said: whoever needs no rows is spared making lists of them.
    """
    indices, bodies, _, _, objects = zip(*entries, strict=True)
    lines = b"\n".join([*bodies, b""])
    # taking out what is odd takes out the line feeds just put in, and must take out no more
    if len(lines.translate(None, _ODD)) != len(lines) - len(bodies) or not _is_text(lines):
        return None
    pattern = _lines(log, rows=rows)
    # what stands between the matches, then each group, in turn: as one list without a tuple for each match
    parts, width = pattern.split(lines), pattern.groups + 1
    *told, details, places, keys, tables = (parts[group::width] for group in range(1, width))
    # as many matches as lines: each is one whole line
    if (
        len(places) != len(bodies)
        or tuple(map(int, places)) != indices
        or list(map(b":".join, zip(tables, keys, strict=True))) != list(map(str.encode, objects))
    ):
        return None
    return list(_all(log, indices, objects, *told)) if rows else [], list(compress(entries, details))


def _all(
    log: str,
    indices: Iterable[int],
    objects: Iterable[str],
    afters: Iterable[bytes],
    agencies: Iterable[bytes],
) -> Iterator[Said]:
    for idx, about, after, agency in zip(indices, objects, afters, agencies, strict=True):
        yield (log, idx), about, agency.decode(), _ROWS(after.decode())


def _odd(data: bytes) -> bool:
    return len(data.translate(None, _ODD)) != len(data)


def _is_text(data: bytes) -> bool:
    try:
        str(data, "utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _said(after: str, agency: str, idx: str, log: str, key: str, table: str) -> Said:
    return (log, int(idx)), f"{table}:{key}", agency, _ROWS(after)


def _read(text: str) -> Said | None:
    """Raises ValueError, KeyError, TypeError, AttributeError where it is no entry."""
    body, end = read_json(text)
    subject = f"{body['object']['type']}:{body['object']['id']}"
    after = body["after"]
    if type(body["idx"]) is not int:
        raise TypeError("the index is no number")
    # a name with half a surrogate pair is no text either: nothing could be asked about it
    "".join((body["log"], subject, body["agency"], *after.keys(), *after.values())).encode()
    answer = (body["log"], body["idx"]), subject, body["agency"], list(after.items())
    return answer if end == len(text) else None
