"""The bytes of a file to a browser: in ranges, as what they are or as an attachment, and never as a page of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from yifa.casework.evidence.errors import FileChanged
from yifa.casework.evidence.media import BY_TYPE, PDF
from yifa.casework.evidence.models import EvidenceFile
from yifa.casework.evidence.store import store

CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/tiff": ".tif",
    "image/heic": ".heic", "application/pdf": ".pdf", "video/mp4": ".mp4", "video/quicktime": ".mov", "video/webm": ".webm",
    "video/x-msvideo": ".avi", "audio/mp4": ".m4a", "audio/wav": ".wav", "audio/mpeg": ".mp3", "audio/ogg": ".ogg",
    "audio/amr": ".amr", "text/plain": ".txt",
}  # fmt: skip


class Part:
    """So many bytes of a file from a place on; closes it, read to the end or not."""

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        self.file, self.left = file, length
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (chunk := self.file.read(min(CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk
        self.close()

    def close(self) -> None:
        self.file.close()


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) of one range; None for the whole, also where nothing sensible is asked. Raises ValueError beyond the end."""
    found = RANGE.fullmatch(header.replace(" ", ""))
    if not found or found[0] == "bytes=-":
        return None
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    if first >= size or (found[2] and found[1] and int(found[2]) < first) or last < first:
        raise ValueError(header)
    return first, last


def begins(request: HttpRequest) -> bool:
    """Whether this request opens the file rather than reading on in it."""
    return not re.match(r"bytes=0*[1-9]", request.headers.get("Range", "").replace(" ", ""))


def serve(request: HttpRequest, file: EvidenceFile, *, attachment: bool) -> HttpResponseBase:
    """The file, or the range of it that was asked. Raises FileGone, FileChanged (of another size)."""
    keeper = store()
    size = keeper.size(file.sha256)
    if size != file.size:
        raise FileChanged(f"文件大小是 {size:,} 字节，入库时是 {file.size:,} 字节")
    tag = f'"{file.sha256}"'
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", tag) != tag:
        header = ""
    try:
        part = asked_range(header, size)
    except ValueError:
        return dressed(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}), file, True)
    first, last = part or (0, size - 1)
    answer = StreamingHttpResponse(
        Part(keeper.open(file.sha256), first, last - first + 1), status=206 if part else 200
    )
    answer["Content-Length"] = last - first + 1
    if part:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["ETag"] = tag
    return dressed(answer, file, attachment)


def dressed(answer: HttpResponseBase, file: EvidenceFile, attachment: bool) -> HttpResponseBase:
    """Headers that keep what somebody uploaded from being more than a picture, a film or a download."""
    kind = BY_TYPE.get(file.media)
    inline = kind is not None and kind.shown and file.readable and file.harmless and not attachment
    answer["Content-Type"] = file.media if inline else "application/octet-stream"
    answer["Content-Disposition"] = content_disposition_header(not inline, download_name(file))
    # a browser's own reader of PDF does not work in a sandbox; it gives what it reads no origin
    sandbox = "" if inline and kind is PDF else "sandbox; "
    answer["Content-Security-Policy"] = (
        f"{sandbox}default-src 'none'; frame-ancestors 'none'; form-action 'none'"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Accept-Ranges"] = "bytes"
    return answer


def download_name(file: EvidenceFile) -> str:
    """Its own name, with the ending of what it is."""
    ending = ENDINGS.get(file.media, "")
    same = file.name.lower().endswith(ending) or (ending == ".jpg" and file.name.lower().endswith(".jpeg"))
    return file.name if same else f"{file.name}{ending}"
