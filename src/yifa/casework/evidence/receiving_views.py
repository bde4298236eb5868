"""Files part by part over HTTP, by the tus protocol 1.0.0 (creation, checksum, expiration, termination); docs/spec/evidence.md.

Refusals are one sentence of plain text, which the script of the form shows as it is.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import closing
from mmap import mmap
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext

from yifa.casework.cases.errors import UnknownCase
from yifa.casework.evidence import receiving
from yifa.casework.evidence.adding_views import refused_to_add
from yifa.casework.evidence.errors import (
    AlreadyTaken,
    CannotTakeIn,
    NoRoom,
    NotTheSame,
    UploadEnded,
    WrongChecksum,
    WrongPart,
    WrongPlace,
)
from yifa.casework.evidence.models import QUARANTINED, SOUND, EvidenceUpload
from yifa.casework.evidence.uploads import LARGEST, NO_ROOM, damaged, ticket
from yifa.casework.evidence.views import Seen, keeper, seen_by
from yifa.ledger.actions import Actor

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,expiration,termination"
ALGORITHMS = ("sha1", "sha256")
BLOCK = 256 * 1024
PART = "application/offset+octet-stream"
STATUS: dict[type[Exception], int] = {
    UnknownCase: 404, PermissionDenied: 403, UploadEnded: 410, WrongPlace: 409, WrongPart: 400, WrongChecksum: 460,
    CannotTakeIn: 422, NotTheSame: 422, AlreadyTaken: 422, NoRoom: 507,
}  # fmt: skip
UNKNOWN = "本案没有这次上传。请重新选择文件。"
Deed = Callable[..., HttpResponse]


class BadRequest(Exception):
    """A header is missing or makes no sense: a fault of the program that sends, not of the person."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def protocol(deeds: dict[str, Deed]) -> Callable[..., HttpResponse]:
    """A view that answers each method by its deed, with the headers of the protocol and refusals as one sentence."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        method = request.method or ""
        if method == "POST":
            method = request.headers.get("X-HTTP-Method-Override", method)
        answer = _answered(deeds.get(method), request, method, kwargs)
        answer["Tus-Resumable"] = VERSION
        return answer

    return login_required(view)


def _answered(deed: Deed | None, request: HttpRequest, method: str, kwargs: dict[str, Any]) -> HttpResponse:
    if deed is None:
        return plain(405, "")
    if method not in ("GET", "OPTIONS") and request.headers.get("Tus-Resumable") != VERSION:
        answer = plain(412, "Tus-Resumable: 1.0.0")
        answer["Tus-Version"] = VERSION
        return answer
    try:
        return deed(request, **kwargs)
    except BadRequest as error:
        return plain(error.status, str(error))
    except tuple(STATUS) as error:
        said = gettext(NO_ROOM) if isinstance(error, NoRoom) else str(error)
        answer = plain(next(code for kind, code in STATUS.items() if isinstance(error, kind)), said)
        if isinstance(error, WrongPlace):
            answer["Upload-Offset"] = str(error.offset)
        return answer


def plain(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def owner_of(request: HttpRequest) -> str:
    return f"user:{request.user.pk}"


def adding(request: HttpRequest, no: str) -> Seen:
    """Who may add evidence to the case now. Raises UnknownCase, PermissionDenied, BadRequest (archived)."""
    seen = seen_by(request, no)
    why, status = refused_to_add(request, seen)
    if why:
        raise BadRequest(status, gettext(why))
    return seen


def upload_at(request: HttpRequest, no: str, key: str) -> tuple[EvidenceUpload, Actor]:
    """Whoever opened it goes on with it: what he may is asked when it is opened, when it is checked and when it becomes evidence.

    Raises BadRequest where it is not of this account and case, UploadEnded.
    """
    found = receiving.upload_of(no, owner_of(request), key)
    if found is None:
        raise BadRequest(404, gettext(UNKNOWN))
    receiving.require_open(found)
    return found, Actor(owner_of(request), role="handler", organ=found.organ_id)


def number(request: HttpRequest, name: str) -> int:
    """A header that is a length or a place. Raises BadRequest."""
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise BadRequest(400, name)
    return int(text)


def options(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    answer = plain(204, "")
    answer["Tus-Version"], answer["Tus-Extension"] = VERSION, EXTENSIONS
    answer["Tus-Max-Size"], answer["Tus-Checksum-Algorithm"] = str(LARGEST), ",".join(ALGORITHMS)
    return answer


def create(request: HttpRequest, no: str) -> HttpResponse:
    seen, size = adding(request, no), number(request, "Upload-Length")
    if size > LARGEST:
        raise BadRequest(413, receiving.too_large(receiving.name_of(name_told(request))))
    row = receiving.open_upload(
        case=seen.case, name=name_told(request), size=size, owner=owner_of(request), by=(seen.person or {})["id"],
        actor=keeper(request, seen),
    )  # fmt: skip
    answer = plain(201, "")
    answer["Location"] = address_of(row)
    return expiring(answer, row)


def name_told(request: HttpRequest) -> str:
    """`filename` of Upload-Metadata. Raises BadRequest where it cannot be read."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except ValueError as error:
                raise BadRequest(400, "Upload-Metadata") from error
    return ""


def address_of(row: EvidenceUpload) -> str:
    return reverse("evidence-upload", args=[row.case_id, row.key])


def expiring(answer: HttpResponse, row: EvidenceUpload) -> HttpResponse:
    answer["Upload-Expires"] = http_date(row.expires_at.timestamp())
    return answer


def stand(request: HttpRequest, no: str, key: str) -> HttpResponse:
    row, _ = upload_at(request, no, key)
    answer = plain(200, "")
    answer["Upload-Offset"], answer["Upload-Length"] = str(row.offset), str(row.size)
    answer["Cache-Control"] = "no-store"
    return expiring(answer, row)


def take(request: HttpRequest, no: str, key: str) -> HttpResponse:
    """One chunk. It is read whole before anything is written: at most 8 MiB, and a line that died holds nobody up."""
    row, actor = upload_at(request, no, key)
    if request.content_type != PART:
        raise BadRequest(415, PART)
    offset, length = number(request, "Upload-Offset"), number(request, "Content-Length")
    if length > receiving.CHUNK:
        raise BadRequest(413, f"{receiving.CHUNK}")
    checksum = checksum_told(request)
    with closing(mmap(-1, max(length, 1))) as room, read_body(request, room, length) as data:
        digest = receiving.require_checksum(data, *checksum) if checksum and len(data) == length else ""
        stands = receiving.take_chunk(
            upload=row, offset=offset, data=data, declared=length, actor=actor, digest=digest
        )
    answer = plain(204, "")
    answer["Upload-Offset"] = str(stands)
    return expiring(answer, row)


def read_body(request: HttpRequest, room: mmap, length: int) -> memoryview:
    """What came of the body. Into pages that go back to the system at once: allocated as bytes, each thread would keep some."""
    at = 0
    try:
        while at < length and (block := request.read(min(BLOCK, length - at))):
            room[at : at + len(block)] = block
            at += len(block)
    except UnreadablePostError:
        at = min(at, length - 1)
    return memoryview(room)[:at]


def checksum_told(request: HttpRequest) -> tuple[str, bytes] | None:
    """(algorithm, digest) of Upload-Checksum. Raises BadRequest."""
    told = request.headers.get("Upload-Checksum", "")
    if not told:
        return None
    algorithm, _, value = told.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except ValueError as error:
        raise BadRequest(400, "Upload-Checksum") from error
    if algorithm not in ALGORITHMS:
        raise BadRequest(400, "Upload-Checksum")
    return algorithm, digest


def end(request: HttpRequest, no: str, key: str) -> HttpResponse:
    row, actor = upload_at(request, no, key)
    receiving.give_up(upload=row, actor=actor)
    return plain(204, "")


def finish(request: HttpRequest, no: str, key: str) -> HttpResponse:
    """All is sent: `{"chunks": [SHA-256 …]}` as the sender counts them. Answers what a form says of the file."""
    adding(request, no)
    row, actor = upload_at(request, no, key)
    try:
        told = json.loads(request.body)["chunks"]
        require_texts(told)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadRequest(400, "chunks") from error
    receiving.finish(upload=row, told=told, actor=actor)
    return JsonResponse(told_of(row, no))


def require_texts(told: Any) -> None:
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise TypeError("chunks")


def told_of(row: EvidenceUpload, no: str) -> dict[str, Any]:
    """An upload for the script: where it stands, and its ticket once it is checked."""
    said = {
        "key": row.key, "address": address_of(row), "name": row.name, "size": row.size, "offset": row.offset, "state": row.state,
        "chunks": [one.sha256 for one in row.chunks.all()],
    }  # fmt: skip
    if row.state in (SOUND, QUARANTINED):
        file = receiving.arrived(row)
        said["ticket"] = ticket(file, f"{row.owner.removeprefix('user:')}/{no}")
        said["said"] = "" if row.readable else str(damaged(file))
    return said


def on_their_way(request: HttpRequest, no: str) -> HttpResponse:
    """What this account has not finished in this case, to go on with after a reload."""
    seen = adding(request, no)
    rows = receiving.unfinished(seen.case, owner_of(request))
    return JsonResponse({"uploads": [told_of(one, no) for one in rows]})


uploads = protocol({"OPTIONS": options, "GET": on_their_way, "POST": create})
upload = protocol({"OPTIONS": options, "HEAD": stand, "PATCH": take, "DELETE": end, "POST": finish})
