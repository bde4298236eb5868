"""A bundle: the rows of one case, the entries that recorded them, and the proof that those are in the signed log.

Whoever holds it checks values against the log without the product: docs/spec/bundle.md, `yifa-verify.py bundle`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import models

from yifa.ledger.checkpoints import SignedHead, head_at, sign
from yifa.ledger.digest import binding_of, row_name, spelt_columns
from yifa.ledger.models import Event
from yifa.ledger.proofs import inclusions
from yifa.ledger.succession import current

FORMAT = "yifa-bundle/1"
ERASING = ("pii_erased", "state_taken_over")
TREES = {"sha256": "proof", "sm3": "proof_sm3"}


def bundle(about: str, rows: list[models.Model]) -> dict[str, Any]:
    """The bundle of these bound rows; the head is signed now where the log has grown. Raises SigningRefused.

    `entries` are, for each row, the latest entry that recorded it and those that erased a column, in the order of the log.
    """
    log = current("case")
    head = sign(log)
    described = [_row(row) for row in rows]
    names = {row_name(one["table"], one["key"]) for one in described}
    _, shown, bodies = _latest(log, names, head.size)
    return _packed(about, log, head, described, list(_proved(log, head, shown, bodies)))


def settled_bundle(about: str, rows: list[models.Model]) -> tuple[dict[str, Any], int]:
    """A bundle whose head does not float, and the size of that head: it ends with the last entry that recorded one of
    these rows. Raises SigningRefused, LookupError where the log never recorded any of them."""
    log = current("case")
    described = [_row(row) for row in rows]
    names = {row_name(one["table"], one["key"]) for one in described}
    latest, shown, bodies = _latest(log, names, None)
    if not latest:
        raise LookupError(f"{about}: nothing in the log")
    head = head_at(max(latest.values()) + 1, log)
    return _packed(about, log, head, described, list(_proved(log, head, shown, bodies))), head.size


def _packed(
    about: str, log: str, head: SignedHead, rows: list[dict[str, Any]], entries: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "about": about,
        "log": log,
        "checkpoint": head.notes["sha256"],
        "checkpoint_sm3": head.notes["sm3"],
        "entries": entries,
        "rows": rows,
    }


def _row(row: models.Model) -> dict[str, Any]:
    """A row with its values as digested; salts open the commitments of personal columns, `erased:…` is one kept."""
    binding = binding_of(type(row))
    columns = {name: json.loads(spelt) for name, spelt in spelt_columns(row).items()}
    salts = {name: row.salts[name] for name in binding.personal}
    return {
        "table": binding.table,
        "key": binding.key(row),
        "version": row.version,
        "columns": columns,
        "salts": salts,
    }


def _latest(log: str, names: set[str], size: int | None) -> tuple[dict[str, int], set[int], dict[int, bytes]]:
    """The latest entry recording each of the rows, below `size` where it is given; all entries to be shown, those
    that say a column was erased among them; and the bodies read."""
    latest: dict[str, int] = {}
    bodies: dict[int, bytes] = {}
    erasures: set[int] = set()
    # rows of a case are recorded by entries about the case or its acts, which an index finds by name
    found = Event.objects.filter(log=log, object__in=names).order_by("idx")
    if size is not None:
        found = found.filter(idx__lt=size)
    for idx, body in found.values_list("idx", "body").iterator():
        bodies[idx] = bytes(body)
        said = json.loads(bodies[idx])
        latest.update(dict.fromkeys(names & said["after"].keys(), idx))
        if said["type"] in ERASING:
            erasures.add(idx)
    return latest, erasures.union(latest.values()), bodies


def _proved(
    log: str, head: SignedHead, shown: set[int], bodies: dict[int, bytes]
) -> Iterator[dict[str, Any]]:
    """Those entries in the order of the log, each with its proof in both trees."""
    paths = inclusions(log=log, indexes=shown, size=head.size)
    for idx in sorted(paths):
        proofs = {member: [step.hex() for step in paths[idx][tree]] for tree, member in TREES.items()}
        yield {"idx": idx, "body": bodies[idx].decode(), **proofs}
