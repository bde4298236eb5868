"""The proof a paper carries: the entry that fixed its contents, and that this entry is in the signed log.

Format: docs/spec/document.md. The paper cannot hold its own hash: its SHA-256 is in a later entry, shown by the receipt.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.db import models

from yifa.ledger.checkpoints import SignedHead, sign
from yifa.ledger.digest import binding_of, row_name
from yifa.ledger.models import Event
from yifa.ledger.proofs import inclusions
from yifa.ledger.succession import generations
from yifa.proof.canon import canon
from yifa.proof.checkpoint import parse_checkpoint, parse_note

FORMAT, RECEIPT = "yifa-document/1", "yifa-receipt/1"


def content_digest(*, number: str, form: str, template_edition: str, fields_commitment: str) -> str:
    """SHA-256(0x00 ∥ canon(…)), hex: what `instrument_fixed` commits to."""
    told = {
        "number": number,
        "form": form,
        "template_edition": template_edition,
        "fields_commitment": fields_commitment,
    }
    return hashlib.sha256(b"\x00" + canon(told)).hexdigest()


@dataclass(frozen=True)
class Proof:
    """A paper's contents and the entry that fixed them. `entry`: idx, body, proof, proof_sm3; `root` in hex."""

    contents: dict[str, Any]
    content: str
    entry: dict[str, Any]
    notes: dict[str, str]
    size: int
    root: str

    @property
    def origin(self) -> str:
        return parse_checkpoint(parse_note(self.notes["sha256"].encode()).text).origin

    @property
    def index(self) -> int:
        return self.entry["idx"]

    def square(self) -> str:
        """The text of the QR code."""
        path = urlsafe_b64encode(bytes.fromhex("".join(self.entry["proof"]))).decode().rstrip("=")
        return f"{FORMAT}?o={self.origin}&n={self.size}&i={self.index}&c={self.content}&p={path}"

    def attached(self) -> str:
        """The JSON file inside the PDF."""
        told = {
            "format": FORMAT, "contents": self.contents, "content": self.content, "entry": self.entry,
            "checkpoint": self.notes["sha256"], "checkpoint_sm3": self.notes["sm3"],
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def prove(row: models.Model, contents: dict[str, Any], content: str) -> Proof:
    """The proof for a paper whose `instrument_fixed` is stored. Signs the head. Raises SigningRefused, LookupError."""
    head, entry = _entry(row, "instrument_fixed")
    note = parse_checkpoint(parse_note(head.notes["sha256"].encode()).text)
    return Proof(contents, content, entry, head.notes, note.size, note.root.hex())


def receipt(row: models.Model) -> dict[str, Any]:
    """What shows the SHA-256 of the finished paper: the entry `instrument_issued`. Raises SigningRefused, LookupError."""
    head, entry = _entry(row, "instrument_issued")
    return {
        "format": RECEIPT, "entry": entry, "checkpoint": head.notes["sha256"],
        "checkpoint_sm3": head.notes["sm3"],
    }  # fmt: skip


def _entry(row: models.Model, type: str) -> tuple[SignedHead, dict[str, Any]]:
    """The latest entry of this type about the row with the head of its log, which may be a frozen one."""
    binding = binding_of(row.__class__)
    about = row_name(binding.table, binding.key(row))
    for log in reversed(generations("case")):
        head = sign(log)
        entry = _entry_in(log, about, type, head.size)
        if entry:
            return head, entry
    raise LookupError(f"{about}: no entry {type}")


def _entry_in(log: str, about: str, type: str, size: int) -> dict[str, Any] | None:
    found = Event.objects.filter(log=log, object=about, idx__lt=size).order_by("-idx")
    for idx, body in found.values_list("idx", "body"):
        if json.loads(bytes(body))["type"] == type:
            paths = inclusions(log=log, indexes=[idx], size=size)[idx]
            return {
                "idx": idx, "body": bytes(body).decode(),
                "proof": [step.hex() for step in paths["sha256"]], "proof_sm3": [step.hex() for step in paths["sm3"]],
            }  # fmt: skip
    return None
