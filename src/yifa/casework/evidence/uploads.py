"""Files as they come in: streamed into the store while the form is read, judged, and held for the form if it comes back.

No file is ever whole in memory. What is refused leaves nothing; what is in order waits, signed, so that a form sent
back for another fault need not be given its files again.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yifa.casework.evidence.errors import CannotTakeIn, Damaged, FileGone
from yifa.casework.evidence.media import HEAD, Media, harmless, recognise
from yifa.casework.evidence.store import Incoming, store

LARGEST = 2 * 1024**3
MOST = 20
WAITS_SECONDS = 24 * 3600
SALT = "yifa.casework.evidence"
NO_ROOM = "存储空间不够，没有收下文件。请联系系统管理员；您填写的内容还在。"


@dataclass(frozen=True)
class Arrived:
    """A file in the store that no row refers to yet. `upload`: the key of the upload, where it came part by part."""

    sha256: str
    sm3: str
    size: int
    media: str
    name: str
    readable: bool = True
    upload: str = ""
    harmless: bool = True


class Arriving(UploadedFile):
    """A file of a form. `fault` says why nothing of it was written: too large, or no room."""

    def __init__(self, incoming: Incoming, name: str, room: bool) -> None:
        super().__init__(incoming.file, name)
        self.incoming, self.fault = incoming, "" if room else "no_room"

    def take(self, chunk: bytes) -> None:
        if self.fault:
            return
        if self.incoming.size + len(chunk) > LARGEST:
            self.fault = "too_large"
            return
        try:
            self.incoming.write(chunk)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self.fault = "no_room"

    def close(self) -> None:
        self.incoming.drop()


class IntoStore(FileUploadHandler):
    """Writes each file of the form where it will stay, hashing on the way."""

    chunk_size = 1024 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        length = int(self.request.META.get("CONTENT_LENGTH") or 0) if self.request else 0
        keeper = store()
        self.file = Arriving(keeper.incoming(), self.file_name or "", keeper.room_for(length))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.take(raw_data)

    def file_complete(self, file_size: int) -> Arriving:
        self.file.size = file_size
        return self.file


def into_store(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: the form of the view is read through IntoStore. Its token is checked as everywhere, only later."""
    guarded = csrf_protect(view)

    @csrf_exempt
    @login_required
    @wraps(view)
    def received(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            request.upload_handlers = [IntoStore(request)]
        return guarded(request, *args, **kwargs)

    return received


def keep(file: Arriving) -> Arrived:
    """Judge a file and put it into the store. Raises CannotTakeIn; a damaged one is kept, `readable` is false."""
    name = name_of(file.name)
    if file.fault:
        raise CannotTakeIn(gettext(NO_ROOM) if file.fault == "no_room" else too_large(name))
    return judged(file.incoming, name)


def judged(incoming: Incoming, name: str) -> Arrived:
    """The file in the store, as what it is. Raises CannotTakeIn for an empty one and one of a type not taken."""
    if not incoming.size:
        raise CannotTakeIn(empty(name))
    media = media_of(incoming)
    if media is None:
        raise CannotTakeIn(gettext(WRONG_TYPE) % {"name": name})
    whole = media.whole(incoming.file, incoming.size)
    safe = harmless(media, incoming.file, incoming.size)
    size, sm3 = incoming.size, incoming.sm3.hexdigest()
    return Arrived(incoming.keep(), sm3, size, media.type, name, whole, harmless=safe)


def empty(name: str) -> str:
    return gettext("“%(name)s”是空文件，没有内容。请重新选择。") % {"name": name}


def too_large(name: str) -> str:
    words = gettext("“%(name)s”超过 %(size)s GB，没有收下。请分段，或者在采集站导出较小的文件。")
    return words % {"name": name, "size": LARGEST // 1024**3}


WRONG_TYPE = (
    "“%(name)s”不是可以收的文件种类，没有收下。可以收照片、扫描件、PDF、录像、录音、Word 和 Excel 文件、纯文本；"
    "压缩包请先解开。"
)
DAMAGED = (
    "“%(name)s”不完整或者打不开，可能没有传完。请重新选择；文件本来就是这样的，请勾选“照原样收下”后再提交。"
)


def damaged(file: Arrived) -> Damaged:
    return Damaged(gettext(DAMAGED) % {"name": file.name})


def media_of(incoming: Incoming) -> Media | None:
    incoming.file.flush()
    incoming.file.seek(0)
    return recognise(incoming.file.read(HEAD))


def name_of(name: str | None) -> str:
    """The name as it can be shown: no path, nothing unprintable."""
    plain = "".join(one for one in (name or "") if one.isprintable()).replace("\\", "/").rpartition("/")[2]
    return plain[-200:].strip() or "文件"


def ticket(file: Arrived, owner: str) -> str:
    """What a form that comes back says of a file received already; only for this owner, for a day."""
    return signing.dumps({**asdict(file), "owner": owner}, salt=SALT, compress=True)


def redeem(text: str, owner: str) -> Arrived | None:
    """The file of a ticket; None where it is another's, altered, too old, or no longer in the store."""
    try:
        said = signing.loads(text, salt=SALT, max_age=WAITS_SECONDS)
    except signing.BadSignature:
        return None
    if said.pop("owner") != owner:
        return None
    file = Arrived(**said)
    try:
        store().size(file.sha256)
    except FileGone:
        return None
    return file
