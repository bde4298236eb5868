"""Public addresses of the log: checkpoints and hash tiles. No log-in, no session, nothing but hashes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from yifa.ledger import anchors, rotation
from yifa.ledger.checkpoints import SigningRefused, last_signed, sign
from yifa.ledger.succession import known
from yifa.ledger.tiles import tile_bytes
from yifa.proof import verify
from yifa.proof.tiles import NoSuchTile, parse_tile

FOREVER = "public, max-age=31536000, immutable"
REFUSED = "日志头暂停签发，原因已写入服务器日志。已取得的日志头请妥善保存。\n"
logger = logging.getLogger(__name__)


@require_safe
def checkpoint(request: HttpRequest, log: str, tree: str) -> HttpResponse:
    """The signed head of one tree as text, signed now where the log has grown; 503 where signing is refused."""
    if not known(log):
        raise Http404(f"there is no log {log}")
    try:
        note = sign(log).notes[tree]
    except SigningRefused as refused:
        return _refused(refused)
    return _public(HttpResponse(note, content_type="text/plain; charset=utf-8"), "no-cache")


@require_safe
def tile(request: HttpRequest, log: str, tree: str, address: str) -> HttpResponse:
    """Hashes of one tile, up to the head signed last; 404 for any other address."""
    try:
        wanted = parse_tile(address)
        head = last_signed(log)
        data = tile_bytes(log=log, tree=tree, tile=wanted, size=head.size if head else 0)
    except NoSuchTile as error:
        raise Http404(str(error)) from error
    except SigningRefused as refused:
        return _refused(refused)
    return _public(HttpResponse(data, content_type="application/octet-stream"), FOREVER)


@require_safe
def changed_keys(request: HttpRequest, log: str) -> HttpResponse:
    """The entries by which the signing key was changed, for who knows an older key."""
    return _entries(log, rotation.published, {"format": "yifa-rotations/1", "rotations": []})


@require_safe
def public_values(request: HttpRequest, log: str) -> HttpResponse:
    """The entries that hold a public value of a day, to be compared with its source."""
    return _entries(log, anchors.published, {"format": "yifa-anchors/1", "anchors": []})


def _entries(log: str, published: Callable[[str], dict[str, Any]], none: dict[str, Any]) -> HttpResponse:
    """Entries of a log that everyone may read; `none` before the first head."""
    if not known(log):
        raise Http404(f"there is no log {log}")
    try:
        found = published(log) if last_signed(log) else none
    except SigningRefused as refused:
        return _refused(refused)
    return _public(JsonResponse(found, json_dumps_params={"ensure_ascii": False}), "no-cache")


@require_safe
def verifier(request: HttpRequest, kind: str) -> HttpResponse:
    """The stand-alone verifier to take away: a Python file, and a page that works from disk and loads nothing."""
    file = Path(verify.__file__).with_suffix(f".{kind}")
    answer = HttpResponse(file.read_bytes(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="yifa-verify.{kind}"'
    return _public(answer, "no-cache")


def _refused(refused: SigningRefused) -> HttpResponse:
    # the reason may name paths of the host: for its operators alone
    logger.error("%s", refused)
    answer = HttpResponse(REFUSED, content_type="text/plain; charset=utf-8", status=503)
    return _public(answer, "no-store")


def _public(answer: HttpResponse, caching: str) -> HttpResponse:
    """Any page may read it: a verifier may run on the site of a third party."""
    answer["Cache-Control"] = caching
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
