"""A file that comes in part by part: open, take a chunk, check the whole, give up. Bytes reach the disk before any row.

What became of it is in the ledger: opened, staged, checked or quarantined, sealed (actions.py), given up, expired, refused.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext

from yifa.casework.cases.models import Case
from yifa.casework.evidence.actions import require_new
from yifa.casework.evidence.errors import (
    AlreadyTaken,
    CannotTakeIn,
    FileGone,
    NotTheSame,
    UploadEnded,
    WrongChecksum,
    WrongPart,
    WrongPlace,
)
from yifa.casework.evidence.media import HEAD, harmless, recognise
from yifa.casework.evidence.models import (
    GIVEN_UP,
    QUARANTINED,
    RECEIVING,
    SEALED,
    SOUND,
    STAGED,
    EvidenceUpload,
    UploadChunk,
)
from yifa.casework.evidence.store import CHUNK as BLOCK
from yifa.casework.evidence.store import store
from yifa.casework.evidence.uploads import (
    LARGEST,
    WAITS_SECONDS,
    WRONG_TYPE,
    Arrived,
    empty,
    name_of,
    too_large,
)
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.proof.merkle import root, sha256

CHUNK = 8 * 1024 * 1024
OPEN_AT_ONCE = 20
SYSTEM = "system:worker"
ENDED = "这次上传已经结束或者过期，请重新选择文件。"
TOO_MANY = "您在本案还有 %(count)s 个没有传完的文件。请先传完，或者点“不要了”。"
BROKE_OFF = "这一段没有传完整，没有收下。请从断开处继续传。"
TOO_LONG = "这一段超出了文件开始时说明的长度，没有收下。"
DIFFERS = "这一段在路上变了，没有收下。请再传一次。"
NOT_THE_SAME = "“%(name)s”收到的内容与您选择的文件不一致，没有收下。请重新选择文件再传。"


def open_upload(*, case: Case, name: str, size: int, owner: str, by: str, actor: Actor) -> EvidenceUpload:
    """Room on the disk, then the row. Raises CannotTakeIn (empty, too large, too many open), NoRoom."""
    plain = name_of(name)
    if size <= 0:
        raise CannotTakeIn(empty(plain))
    if size > LARGEST:
        raise CannotTakeIn(too_large(plain))
    count = EvidenceUpload.objects.filter(case=case, owner=owner, state=RECEIVING).count()
    if count >= OPEN_AT_ONCE:
        raise CannotTakeIn(gettext(TOO_MANY) % {"count": count})
    row = EvidenceUpload(
        organ_id=case.organ_id, case=case, key=secrets.token_hex(16), owner=owner, by=by, name=plain, size=size,
        opened_at=clock.now(), expires_at=_later(),
    )  # fmt: skip
    store().begin(row.key, size)
    try:
        with writing() as unit:
            _log(unit, row, "opened", actor)
            row.save(force_insert=True)
    except BaseException:
        store().drop_part(row.key)
        raise
    return row


def _later() -> datetime:
    """Real time: what the demonstration takes for today does not keep a file waiting."""
    return timezone.now() + timedelta(seconds=WAITS_SECONDS)


def _log(unit: Unit, row: EvidenceUpload, what: str, actor: Actor, *hashes: str) -> None:
    details = {"size": row.size, "root": row.root} if row.root else {"size": row.size}
    unit.log(
        type=f"evidence_upload_{what}", actor=actor, agency=row.organ_id, rows=[row], doc_hashes=hashes, details=details
    )  # fmt: skip


def require_open(upload: EvidenceUpload) -> None:
    """Raises UploadEnded."""
    if upload.state in (SEALED, GIVEN_UP) or upload.expires_at < timezone.now():
        raise UploadEnded(gettext(ENDED))


def take_chunk(
    *,
    upload: EvidenceUpload,
    offset: int,
    data: bytes | memoryview,
    declared: int,
    actor: Actor,
    digest: str = "",
) -> int:
    """A part behind what is there: on the disk, then its row; where the upload stands now. `declared`: its length as told.

    `digest`: its SHA-256, where it was computed already.

    Raises WrongPlace, WrongPart, CannotTakeIn (a type that is not taken), UploadEnded: nothing of it stays then.
    """
    try:
        with store().holding(upload.key):
            upload.refresh_from_db()
            require_open(upload)
            _require_fits(upload, offset, len(data), declared)
            _require_type(upload, offset, data)
            store().put(upload.key, offset, data)
            return _entered(upload, len(data), digest or hashlib.sha256(data).hexdigest(), actor)
    except FileGone as error:
        raise UploadEnded(gettext(ENDED)) from error


def require_checksum(data: bytes | memoryview, algorithm: str, digest: bytes) -> str:
    """Its SHA-256 where that is what was compared. Raises WrongChecksum where the part is not what the sender says."""
    if hashlib.new(algorithm, data).digest() != digest:
        raise WrongChecksum(gettext(DIFFERS))
    return digest.hex() if algorithm == "sha256" else ""


def _require_fits(upload: EvidenceUpload, offset: int, length: int, declared: int) -> None:
    if upload.state != RECEIVING or offset != upload.offset:
        raise WrongPlace(upload.offset)
    if declared > upload.size - offset:
        raise WrongPart(gettext(TOO_LONG))
    if length != declared or length != min(CHUNK, upload.size - offset):
        raise WrongPart(gettext(BROKE_OFF))


def _require_type(upload: EvidenceUpload, offset: int, data: bytes | memoryview) -> None:
    """What is not taken in is said at the first part and not after two gigabytes."""
    if not offset and recognise(bytes(data[:HEAD])) is None:
        raise CannotTakeIn(gettext(WRONG_TYPE) % {"name": upload.name})


def _entered(upload: EvidenceUpload, length: int, digest: str, actor: Actor) -> int:
    with writing() as unit:
        _require_as_read(upload)
        UploadChunk.objects.create(upload=upload, number=upload.offset // CHUNK, sha256=digest)
        upload.offset += length
        upload.expires_at = _later()
        changed = ["offset", "expires_at"]
        if upload.offset == upload.size:
            changed += ["state", "version"]
            upload.state, upload.version = STAGED, upload.version + 1
            _log(unit, upload, "staged", actor)
        upload.save(update_fields=changed)
    return upload.offset


def _require_as_read(upload: EvidenceUpload) -> None:
    """Its owner or the night may have ended it since it was read: the row is locked now. Raises UploadEnded."""
    locked = EvidenceUpload.objects.select_for_update(of=("self",)).filter(pk=upload.pk)
    if locked.values_list("state", flat=True).get() != upload.state:
        raise UploadEnded(gettext(ENDED))


@dataclass(frozen=True)
class Reading:
    """What a file read whole is: its hashes, and those of its chunks."""

    sha256: str
    sm3: str
    chunks: tuple[str, ...]

    @property
    def root(self) -> str:
        return root([bytes.fromhex(one) for one in self.chunks], sha256).hex()


def read_whole(file: BinaryIO) -> Reading:
    """Once from the beginning to the end, a little at a time."""
    whole, national, chunks = hashlib.sha256(), hashlib.new("sm3"), []
    part, in_part = hashlib.sha256(), 0
    while block := file.read(min(BLOCK, CHUNK - in_part)):
        for one in (whole, national, part):
            one.update(block)
        in_part += len(block)
        if in_part == CHUNK:
            chunks.append(part.hexdigest())
            part, in_part = hashlib.sha256(), 0
    if in_part:
        chunks.append(part.hexdigest())
    return Reading(whole.hexdigest(), national.hexdigest(), tuple(chunks))


def finish(*, upload: EvidenceUpload, told: Sequence[str], actor: Actor) -> Arrived:
    """Read what lies in the store once more, compare it with every chunk and with what the sender says, put it under its hash.

    `told`: SHA-256 of each chunk, from the sender. Again for the same upload: the same answer. Raises NotTheSame, CannotTakeIn,
    AlreadyTaken (each ends the upload), WrongPlace (not all is here), UploadEnded.
    """
    require_open(upload)
    if upload.state in (SOUND, QUARANTINED):
        return arrived(upload)
    try:
        with store().holding(upload.key):
            upload.refresh_from_db()
            require_open(upload)
            if upload.state == RECEIVING:
                raise WrongPlace(upload.offset)
            if upload.state == STAGED:
                _checked(upload, told, actor)
    except FileGone as error:
        raise UploadEnded(gettext(ENDED)) from error
    return arrived(upload)


def _checked(upload: EvidenceUpload, told: Sequence[str], actor: Actor) -> None:
    try:
        with store().part(upload.key) as file:
            reading = read_whole(file)
            known = tuple(upload.chunks.values_list("sha256", flat=True))
            if not reading.chunks == known == tuple(told):
                raise NotTheSame(gettext(NOT_THE_SAME) % {"name": upload.name})
            file.seek(0)
            media = recognise(file.read(HEAD))
            if media is None:
                raise CannotTakeIn(gettext(WRONG_TYPE) % {"name": upload.name})
            readable = media.whole(file, upload.size)
            safe = harmless(media, file, upload.size)
        upload.sha256, upload.sm3, upload.root = reading.sha256, reading.sm3, reading.root
        upload.media, upload.readable, upload.harmless = media.type, readable, safe
        require_new(upload.case_id, arrived(upload))
    except (NotTheSame, CannotTakeIn, AlreadyTaken):
        upload.refresh_from_db()
        give_up(upload=upload, actor=actor, what="refused")
        raise
    with writing() as unit:
        _require_as_read(upload)
        store().keep_part(upload.key, upload.sha256)
        upload.state = SOUND if readable else QUARANTINED
        upload.version += 1
        _log(unit, upload, upload.state, actor, upload.sha256)
        upload.save()


def arrived(upload: EvidenceUpload) -> Arrived:
    """As a form takes it."""
    return Arrived(
        upload.sha256, upload.sm3, upload.size, upload.media, upload.name, upload.readable, upload.key, upload.harmless
    )  # fmt: skip


def give_up(*, upload: EvidenceUpload, actor: Actor, what: str = "given_up") -> None:
    """Nothing more comes; what came goes. One that is evidence already stays. Raises UploadEnded."""
    with writing() as unit:
        row = EvidenceUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if row.state in (SEALED, GIVEN_UP):
            raise UploadEnded(gettext(ENDED))
        row.state, row.version = GIVEN_UP, row.version + 1
        _log(unit, row, what, actor)
        row.save()
    store().drop_part(upload.key)


def expire() -> int:
    """What waited too long for its next part, or for its form, is given up."""
    old = EvidenceUpload.objects.filter(expires_at__lt=timezone.now()).exclude(state__in=(SEALED, GIVEN_UP))
    found = list(old.order_by("pk")[:1000])
    for one in found:
        with suppress(UploadEnded):  # its owner was faster
            give_up(upload=one, actor=Actor(SYSTEM, organ=one.organ_id), what="expired")
    return len(found)


def unfinished(case: Case, owner: str) -> list[EvidenceUpload]:
    """What this account has on its way into this case, oldest first; their chunks with them."""
    rows = EvidenceUpload.objects.filter(case=case, owner=owner, expires_at__gte=timezone.now())
    return list(rows.exclude(state__in=(SEALED, GIVEN_UP)).prefetch_related("chunks").order_by("pk"))


def upload_of(case_no: str, owner: str, key: str) -> EvidenceUpload | None:
    """Only of this account and this case."""
    return EvidenceUpload.objects.filter(case_id=case_no, owner=owner, key=key).first()
