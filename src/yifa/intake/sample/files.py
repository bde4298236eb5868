"""Small drawn pictures and a tone for a few running cases, so that evidence can be looked at; nothing in them is real."""

from __future__ import annotations

import io
import struct
import wave
import zlib
from collections.abc import Iterator
from math import pi, sin

from yifa.casework.cases.models import Act
from yifa.casework.evidence.actions import add_file, mark, receive, verify
from yifa.casework.evidence.models import EvidenceFile
from yifa.ledger.actions import Actor
from yifa.registry.organs.models import Organ

WIDE, HIGH = 320, 200
RATE, SECONDS = 8000, 60
SERIALS = (1, 9, 14)
MARKS = ((0, "开始记录"), (12, "出示执法证件"), (41, "现场堆放物料"), (55, "告知权利"))
SOURCE = "演示文件：由程序画出，不是真实现场。"


def add_sample_files(organ: Organ) -> int:
    """Files for the evidence of three running cases, one of them checked and marked; how many."""
    actor = Actor("system:demo", organ=organ.code)
    acts = Act.objects.filter(
        organ=organ, kind="evidence_added", case__serial__in=SERIALS, case__year__gt=2021, seq__lte=4
    )
    made = [_added(act, actor) for act in acts.select_related("case").order_by("case_id", "seq")]
    for file in made:
        if file.case.serial == SERIALS[1]:
            _looked_at(file, actor)
    return len(made)


def _added(act: Act, actor: Actor) -> EvidenceFile:
    heard = act.data["evidence_kind"] == "audio_visual"
    data = tone(300 + 10 * act.case.serial) if heard else picture(90 + 37 * act.case.serial % 120)
    file = receive(chunks=[data], name="现场录音.wav" if heard else "现场照片.png")
    return add_file(act=act, file=file, by=act.by[0], actor=actor, words=SOURCE)


def _looked_at(file: EvidenceFile, actor: Actor) -> None:
    verify(file=file, by=file.act.by[-1], words="", actor=actor)
    if file.media == "audio/wav":
        for second, words in MARKS:
            mark(file=file, second=second, words=words, by=file.act.by[0], actor=actor)


def picture(shade: int) -> bytes:
    """A street with a heap of something on it, as PNG."""
    rows = b"".join(b"\0" + bytes(_pixels(row, shade)) for row in range(HIGH))
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _pixels(row: int, shade: int) -> Iterator[int]:
    """Sky, a row of houses, the road, and the heap in the middle of it."""
    for column in range(WIDE):
        if abs(column - WIDE // 2) + 2 * abs(row - 160) < 70 and row > 125:
            yield from (shade, shade * 3 // 4, 60)
        elif row < 70:
            yield from (170, 205, 235)
        elif row < 115:
            yield from (205, 195, 180) if column % 64 < 58 else (120, 110, 100)
        else:
            yield from (240, 240, 240) if row in range(180, 184) and column % 40 < 22 else (95, 95, 100)


def tone(pitch: int) -> bytes:
    """A minute of sound that steps up every ten seconds, so that a place in it can be heard."""
    steps = [_second(pitch + 60 * (second // 10)) for second in range(SECONDS)]
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(b"".join(steps))
    return file.getvalue()


def _second(pitch: int) -> bytes:
    return bytes(128 + round(40 * sin(2 * pi * pitch * place / RATE)) for place in range(RATE))
