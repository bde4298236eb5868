"""One entry of the log: who acts, and the body that is hashed (docs/spec/ledger.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yifa.ledger.digest import RowDigest
from yifa.proof.canon import canon

CAP = 8 * 1024


class EntryTooLarge(ValueError):
    """The body exceeds 8 KiB: log fewer rows or documents per entry."""


@dataclass(frozen=True)
class Actor:
    """Who acts: an opaque id (`user:12`, `system:import`), never a name."""

    id: str
    role: str = ""
    organ: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry before it has its place in the log, and the column digests kept beside it.

    `log` is the one it was meant for; a successor may take it instead.
    """

    log: str
    object: str
    fields: dict[str, Any]
    columns: dict[str, dict[str, str]]

    def body(self, *, log: str, idx: int, epoch: int) -> bytes:
        """Canonical bytes at place `idx` of `log`. Raises EntryTooLarge over 8 KiB, ValueError where a field cannot be spelt."""
        data = canon({**self.fields, "log": log, "idx": idx, "key_epoch": epoch})
        if len(data) > CAP:
            raise EntryTooLarge(f"{self.object}: entry of {len(data)} bytes, the limit is {CAP}")
        return data


def compose(
    *,
    log: str,
    type: str,
    at: str,
    actor: Actor,
    agency: str,
    rows: Sequence[RowDigest],
    before: Mapping[str, str] | None,
    doc_hashes: Iterable[str],
    commits: Iterable[Mapping[str, str]],
    reason_code: str,
    request_id: str,
    client: Mapping[str, str],
    optional: Mapping[str, Any],
) -> Entry:
    """The entry about `rows[0]`. `before` maps row names to digests; empty members of `optional` are left out."""
    first = rows[0]
    fields: dict[str, Any] = {
        "v": 1,
        "type": type,
        "at": at,
        "actor": actor.id,
        "actor_role": actor.role,
        "agency": agency,
        "object": {
            "type": first.table,
            "id": first.name.removeprefix(f"{first.table}:"),
            "version": first.version,
        },
        "after": {row.name: row.digest for row in rows},
        "commits": [
            *(
                {"field": f"{row.name}#{c['field']}", "digest": c["digest"]}
                for row in rows
                for c in row.commits
            ),
            *(dict(commit) for commit in commits),
        ],
        "doc_hashes": list(doc_hashes),
        "reason_code": reason_code,
        "request_id": request_id,
        "client": dict(client),
    }
    if before:
        fields["before"] = dict(before)
    fields.update({name: value for name, value in optional.items() if value})
    return Entry(log, first.name, fields, {row.name: row.columns for row in rows})


def rowless(
    *,
    log: str,
    type: str,
    at: str,
    actor: Actor,
    about: tuple[str, str, int],
    details: Mapping[str, Any],
    reason_code: str = "",
) -> Entry:
    """An entry about no row; `about` is (type, id, version) of what it is about, `details` what it says."""
    table, key, version = about
    fields: dict[str, Any] = {
        "v": 1, "type": type, "at": at, "actor": actor.id, "actor_role": actor.role, "agency": actor.organ,
        "object": {"type": table, "id": key, "version": version}, "after": {}, "commits": [], "doc_hashes": [],
        "reason_code": reason_code, "request_id": "", "client": {}, "details": dict(details),
    }  # fmt: skip
    return Entry(log, f"{table}:{key}", fields, {})
