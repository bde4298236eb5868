"""`/proof/`: to everyone, what this system can prove and what it cannot, the signed head, and who can contradict us."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.ledger.checkpoints import SignedHead, SigningRefused, sign, verifier_keys
from yifa.ledger.clock import SHANGHAI, now
from yifa.ledger.succession import KINDS, current
from yifa.ledger.successor import frozen
from yifa.ledger.witnesses import CosignatureRefused, Witnessed, witnessed
from yifa.proof.tiles import WIDTH, Tile
from yifa.site.anchoring import newest

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Witness:
    """A witness named, with the head cosigned last and whether that is too long ago."""

    seen: Witnessed
    stale: bool


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """Signs the head where the log has grown, as the checkpoint address does."""
    found = witnesses()
    head, keys = signed()
    context = {
        "head": head,
        "log": current("case"),
        "at": head.at.astimezone(SHANGHAI) if head else None,
        "keys": keys,
        "witnesses": found,
        "frozen": frozen(),
        "first_tile": Tile(0, 0, min(head.size, WIDTH)).address() if head and head.size else "",
        "access": current("access"),
        "anchor": newest(),
        "unwitnessed": unwitnessed(found),
    }
    return render(request, "proof.html", context)


def unwitnessed(found: list[Witness]) -> list[str]:
    """The kinds of log whose head nobody cosigned within 72 hours."""
    fresh = {one.seen.kind for one in found if not one.stale}
    return [kind for kind in KINDS if kind not in fresh]


def signed() -> tuple[SignedHead | None, list[str]]:
    """The head and the public keys; None where signing is refused, whose reason is for the operators alone."""
    try:
        return sign(), verifier_keys()
    except SigningRefused as refused:
        logger.error("%s", refused)
        return None, []


def witnesses() -> list[Witness]:
    """Empty where none is named, or where what they left cannot be read: either way nobody vouches for us."""
    at = now()
    try:
        return [Witness(seen, seen.stale(at)) for seen in witnessed()]
    except CosignatureRefused as refused:
        logger.error("%s", refused)
        return []
