"""Small files that are what they say, and the same broken off."""

from __future__ import annotations

import io
import struct
import wave
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yifa.casework.cases.models import Case


def png(shade: int = 200, size: int = 8) -> bytes:
    """A grey square."""
    rows = b"".join(b"\0" + bytes([shade]) * size for _ in range(size))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg(words: bytes = b"scene") -> bytes:
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 2 + len(words)) + words + b"\xff\xda\x00\x02\x01\x02\xff\xd9"
    )


def wav(seconds: int = 60) -> bytes:
    """A minute of near silence, as a browser plays it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(4000)
        sound.writeframes(bytes(127 + (i // 20) % 2 for i in range(4000 * seconds)))
    return file.getvalue()


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + kind + data


def mp4() -> bytes:
    return box(b"ftyp", b"isom\0\0\0\1isom") + box(b"moov", b"\0" * 40) + box(b"mdat", b"\1" * 500)


def sent(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def address(case: Case) -> str:
    return f"/desk/cases/{case.no}/evidence/new/"


def typed(case: Case, **changes: Any) -> dict[str, Any]:
    """The form of new evidence, filled in."""
    return {
        "expected": case.act_count, "at": "2021-08-20T00:00:00", "by": ["0101", "0102"], "id": "证据1",
        "evidence_kind": "audio_visual", "verified": "yes", "lawful_source": "yes", "proves": ["乱扔废弃物"], "form": "original",
        "words": "现场拍摄", "note": "", "late_reason": "", **changes,
    }  # fmt: skip


def post(client: Client, case: Case, *files: Any, **changes: Any) -> Any:
    return client.post(address(case), {**typed(case, **changes), "files": list(files)})
