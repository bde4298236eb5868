"""A bundle: the rows of one case, the entries that recorded them, and the proof that those are in the signed log.

Whoever holds it checks values against the log without the product: docs/spec/bundle.md, `yifa-verify.py bundle`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import models

from yifa.ledger.checkpoints import SignedHead, sign
from yifa.ledger.digest import binding_of, row_name, spelt_columns
from yifa.ledger.models import Event
from yifa.ledger.proofs import inclusion
from yifa.ledger.succession import current

FORMAT = "yifa-bundle/1"
TREES = {"sha256": "proof", "sm3": "proof_sm3"}


def bundle(about: str, rows: list[models.Model]) -> dict[str, Any]:
    """The bundle of these bound rows; the head is signed now where the log has grown. Raises SigningRefused.

    `entries` are, for each row, the latest entry that recorded it, in the order of the log.
    """
    log = current("case")
    head = sign(log)
    described = [_row(row) for row in rows]
    entries = list(_entries(log, head, {row_name(one["table"], one["key"]) for one in described}))
    return {
        "format": FORMAT,
        "about": about,
        "log": log,
        "checkpoint": head.notes["sha256"],
        "checkpoint_sm3": head.notes["sm3"],
        "entries": entries,
        "rows": described,
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


def _entries(log: str, head: SignedHead, names: set[str]) -> Iterator[dict[str, Any]]:
    """The latest entry recording each of the rows, up to the signed head, with its proof in both trees."""
    latest: dict[str, int] = {}
    bodies: dict[int, bytes] = {}
    # rows of a case are recorded by entries about the case or its acts, which an index finds by name
    found = Event.objects.filter(log=log, object__in=names, idx__lt=head.size).order_by("idx")
    for idx, body in found.values_list("idx", "body").iterator():
        bodies[idx] = bytes(body)
        latest.update(dict.fromkeys(names & json.loads(bodies[idx])["after"].keys(), idx))
    for idx in sorted(set(latest.values())):
        proofs = {
            member: [step.hex() for step in inclusion(log=log, tree=tree, index=idx, size=head.size)]
            for tree, member in TREES.items()
        }
        yield {"idx": idx, "body": bodies[idx].decode(), **proofs}
