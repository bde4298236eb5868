"""What a file is, by its bytes and not by its name, and whether it is whole. Nothing here runs or draws what it reads."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from yifa.casework.evidence.acting_pdf import acts

MOST_PIXELS = 120_000_000
"""What a browser is asked to draw: the largest cameras have 108 million. A few bytes can claim billions."""
HEAD = 64
TAIL = 2048
LONGEST_CHUNK = 1 << 30


@dataclass(frozen=True)
class Media:
    """A type that is taken in. `shown`: a browser may show it; `whole(file, size)`: the file does not break off."""

    type: str
    words: str
    shown: bool
    whole: Callable[[BinaryIO, int], bool]

    @property
    def family(self) -> str:
        """image, video, audio; anything else is application or text."""
        return self.type.partition("/")[0]


def recognise(head: bytes) -> Media | None:
    """The type of a file that begins so; None for what is not taken in."""
    for magic, place, media in MAGIC:
        if head[place : place + len(magic)] == magic:
            return media(head) if callable(media) else media
    if head[:2] == b"\xff\xfb" or head[:2] in (b"\xff\xf3", b"\xff\xf2"):
        return MP3
    return TEXT if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    """Plain words: no control characters, UTF-8 or GB 18030, and no markup a browser would take for a page."""
    if not head or any(byte < 9 or 13 < byte < 32 for byte in head) or head.lstrip()[:1] == b"<":
        return False
    return any(_decodes(head[: len(head) - cut], name) for name in ("utf-8", "gb18030") for cut in range(4))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def always(file: BinaryIO, size: int) -> bool:
    return True


def ends_with(*marks: bytes) -> Callable[[BinaryIO, int], bool]:
    """The last bytes hold the mark of the end."""

    def whole(file: BinaryIO, size: int) -> bool:
        file.seek(max(0, size - TAIL))
        tail = file.read(TAIL)
        return any(mark in tail for mark in marks)

    return whole


def png_whole(file: BinaryIO, size: int) -> bool:
    """Every chunk with its check sum, up to IEND."""
    file.seek(8)
    while len(start := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", start)
        if length > min(size, LONGEST_CHUNK):
            return False
        check, left = zlib.crc32(kind), length
        while left:
            part = file.read(min(left, 1 << 20))
            if not part:
                return False
            check, left = zlib.crc32(part, check), left - len(part)
        if file.read(4) != struct.pack(">I", check):
            return False
        if kind == b"IEND":
            return True
    return False


def jpeg_whole(file: BinaryIO, size: int) -> bool:
    """Segments up to the scan, and the mark of the end near the end (cameras write a few bytes behind it)."""
    place = 2
    while place < size:
        file.seek(place)
        start = file.read(4)
        if len(start) < 4 or start[0] != 0xFF:
            return False
        if start[1] == 0xDA:
            return ends_with(b"\xff\xd9")(file, size)
        place += 2 + struct.unpack(">H", start[2:])[0]
    return False


def riff_whole(file: BinaryIO, size: int) -> bool:
    file.seek(4)
    length = struct.unpack("<I", file.read(4).ljust(4, b"\0"))[0]
    return length + 8 <= size


def boxes_whole(file: BinaryIO, size: int) -> bool:
    """MP4 and MOV: boxes one behind the other to the very end, `moov` among them."""
    place, kinds = 0, set()
    while place < size:
        file.seek(place)
        start = file.read(16).ljust(16, b"\0")
        length, kind = struct.unpack(">I4s", start[:8])
        if length == 1:
            length = struct.unpack(">Q", start[8:])[0]
        kinds.add(kind)
        length = length or size - place
        if length < 8 or place + length > size:
            return False
        place += length
    return b"moov" in kinds


def heif_whole(file: BinaryIO, size: int) -> bool:
    """Boxes to the end; a still picture has `meta` in place of `moov`."""
    file.seek(0)
    return b"meta" in file.read(4096)


def harmless(media: Media, file: BinaryIO, size: int) -> bool:
    """Whether a browser may be given it to show: no flood of pixels, nothing in a PDF that acts by itself."""
    if media.type == "application/pdf":
        return not acts(file)
    pixels = SIZES.get(media.type)
    return pixels is None or pixels(file, size) <= MOST_PIXELS


def png_pixels(file: BinaryIO, size: int) -> int:
    file.seek(16)
    wide, high = struct.unpack(">II", file.read(8).ljust(8, b"\0"))
    return int(wide) * int(high)


def gif_pixels(file: BinaryIO, size: int) -> int:
    file.seek(6)
    wide, high = struct.unpack("<HH", file.read(4).ljust(4, b"\0"))
    return int(wide) * int(high)


def webp_pixels(file: BinaryIO, size: int) -> int:
    """The canvas of an extended file; the plain kinds cannot be larger than 16,384 a side, and say so by their bits."""
    file.seek(12)
    start = file.read(18).ljust(18, b"\0")
    if start[:4] == b"VP8X":
        return (1 + int.from_bytes(start[12:15], "little")) * (1 + int.from_bytes(start[15:18], "little"))
    if start[:4] == b"VP8L":
        bits = int.from_bytes(start[9:13], "little")
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    return int.from_bytes(start[14:16], "little") % 0x4000 * (int.from_bytes(start[16:18], "little") % 0x4000)


def jpeg_pixels(file: BinaryIO, size: int) -> int:
    """Of the first frame; a file without one draws nothing."""
    place = 2
    while place < size:
        file.seek(place)
        start = file.read(9)
        if len(start) < 9 or start[0] != 0xFF or start[1] == 0xDA:
            return 0
        if start[1] in range(0xC0, 0xD0) and start[1] not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(start[5:7]) * int.from_bytes(start[7:9])
        place += 2 + int.from_bytes(start[2:4])
    return 0


SIZES: dict[str, Callable[[BinaryIO, int], int]] = {
    "image/png": png_pixels, "image/gif": gif_pixels, "image/webp": webp_pixels, "image/jpeg": jpeg_pixels,
}  # fmt: skip


JPEG = Media("image/jpeg", "照片（JPEG）", True, jpeg_whole)
PNG = Media("image/png", "图片（PNG）", True, png_whole)
GIF = Media("image/gif", "图片（GIF）", True, ends_with(b"\x3b"))
WEBP = Media("image/webp", "图片（WebP）", True, riff_whole)
TIFF = Media("image/tiff", "扫描件（TIFF）", False, always)
HEIC = Media("image/heic", "照片（HEIC）", False, heif_whole)
PDF = Media("application/pdf", "PDF", True, ends_with(b"%%EOF"))
MP4 = Media("video/mp4", "录像（MP4）", True, boxes_whole)
MOV = Media("video/quicktime", "录像（MOV）", False, boxes_whole)
WEBM = Media("video/webm", "录像（WebM）", True, always)
AVI = Media("video/x-msvideo", "录像（AVI）", False, riff_whole)
M4A = Media("audio/mp4", "录音（M4A）", True, boxes_whole)
WAV = Media("audio/wav", "录音（WAV）", True, riff_whole)
MP3 = Media("audio/mpeg", "录音（MP3）", True, always)
OGG = Media("audio/ogg", "录音（OGG）", True, always)
AMR = Media("audio/amr", "录音（AMR）", False, always)
OFFICE = Media(
    "application/vnd.openxmlformats-officedocument", "办公文档（OOXML）", False, ends_with(b"PK\x05\x06")
)
TEXT = Media("text/plain", "文本", False, always)


def _riff(head: bytes) -> Media | None:
    return {b"WEBP": WEBP, b"WAVE": WAV, b"AVI ": AVI}.get(head[8:12])


def _boxes(head: bytes) -> Media | None:
    brand = head[8:12]
    if brand in (b"heic", b"heix", b"mif1", b"msf1"):
        return HEIC
    return {b"qt  ": MOV, b"M4A ": M4A}.get(brand, MP4)


def _zip(head: bytes) -> Media | None:
    """Word and Excel files; an archive is to be unpacked first, so that each file has its own digest."""
    return OFFICE if head[30:49] == b"[Content_Types].xml" or head[30:36] == b"_rels/" else None


MAGIC = (
    (b"\xff\xd8\xff", 0, JPEG), (b"\x89PNG\r\n\x1a\n", 0, PNG), (b"GIF87a", 0, GIF), (b"GIF89a", 0, GIF), (b"RIFF", 0, _riff),
    (b"II*\0", 0, TIFF), (b"MM\0*", 0, TIFF), (b"%PDF-", 0, PDF), (b"ftyp", 4, _boxes), (b"\x1aE\xdf\xa3", 0, WEBM),
    (b"ID3", 0, MP3), (b"OggS", 0, OGG), (b"#!AMR", 0, AMR), (b"PK\x03\x04", 0, _zip),
)  # fmt: skip
BY_TYPE = {
    one.type: one
    for one in (
        JPEG,
        PNG,
        GIF,
        WEBP,
        TIFF,
        HEIC,
        PDF,
        MP4,
        MOV,
        WEBM,
        AVI,
        M4A,
        WAV,
        MP3,
        OGG,
        AMR,
        OFFICE,
        TEXT,
    )
}
