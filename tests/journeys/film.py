"""A real film of two pictures a second, made in the browser that will play it: VP8 by WebCodecs, put into WebM here.

No encoder has to be installed. Every tenth picture stands for itself, so that a player can jump.
"""

from __future__ import annotations

import base64
import struct
from typing import Any

from playwright.sync_api import Page

WIDE, HIGH = 160, 120
STEP_MS, KEY_EVERY = 500, 10
ENCODE = """async ([seconds, wide, high, step, key]) => {
  const made = [];
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      made.push([chunk.type === "key", chunk.timestamp / 1000, btoa(String.fromCharCode(...bytes))]);
    },
    error: (problem) => { throw problem; },
  });
  encoder.configure({ codec: "vp8", width: wide, height: high, bitrate: 100000, framerate: 1000 / step });
  const canvas = new OffscreenCanvas(wide, high), pen = canvas.getContext("2d");
  for (let n = 0; n * step < seconds * 1000; n += 1) {
    pen.fillStyle = `hsl(${n * 3}, 60%, 50%)`;
    pen.fillRect(0, 0, wide, high);
    const frame = new VideoFrame(canvas, { timestamp: n * step * 1000, duration: step * 1000 });
    encoder.encode(frame, { keyFrame: n % key === 0 });
    frame.close();
  }
  await encoder.flush();
  return made;
}"""
EBML, SEGMENT, INFO, TRACKS, TRACK, VIDEO = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
CLUSTER, CUES, CUE, PLACES, BLOCK = 0x1F43B675, 0x1C53BB6B, 0xBB, 0xB7, 0xA3


def film(page: Page, seconds: int) -> bytes:
    """WebM that lasts so long. The page must be on https or this machine."""
    frames = page.evaluate(ENCODE, [seconds, WIDE, HIGH, STEP_MS, KEY_EVERY])
    return webm([(key, int(at), base64.b64decode(data)) for key, at, data in frames], seconds * 1000)


def element(kind: int, *parts: bytes) -> bytes:
    data = b"".join(parts)
    name = kind.to_bytes((kind.bit_length() + 7) // 8)
    return name + (len(data) | 1 << 56).to_bytes(8) + data


def number(kind: int, value: int) -> bytes:
    return element(kind, value.to_bytes(8))


def webm(frames: list[tuple[bool, int, bytes]], length_ms: int) -> bytes:
    """Head, then what is where (cues), then a cluster for each picture that stands for itself with those after it."""
    head = element(
        EBML, number(0x4286, 1), number(0x42F7, 1), number(0x42F2, 4), number(0x42F3, 8), element(0x4282, b"webm"),
        number(0x4287, 2), number(0x4285, 2),
    )  # fmt: skip
    info = element(
        INFO,
        number(0x2AD7B1, 1_000_000),
        element(0x4489, struct.pack(">d", length_ms)),
        element(0x4D80, b"-"),
        element(0x5741, b"-"),
    )
    video = element(VIDEO, number(0xB0, WIDE), number(0xBA, HIGH))
    track = element(
        TRACK, number(0xD7, 1), number(0x73C5, 1), number(0x83, 1), element(0x86, b"V_VP8"), video
    )
    before = info + element(TRACKS, track)
    starts = [index for index, frame in enumerate(frames) if frame[0]]
    clusters = [
        cluster(frames[start:end]) for start, end in zip(starts, [*starts[1:], len(frames)], strict=True)
    ]
    place = len(before) + len(cues([(0, 0)] * len(clusters)))
    places = []
    for start, one in zip(starts, clusters, strict=True):
        places.append((frames[start][1], place))
        place += len(one)
    return head + element(SEGMENT, before, cues(places), *clusters)


def cluster(frames: list[tuple[bool, int, bytes]]) -> bytes:
    begins = frames[0][1]
    blocks: list[Any] = [
        element(BLOCK, b"\x81", struct.pack(">h", at - begins), b"\x80" if key else b"\0", data)
        for key, at, data in frames
    ]
    return element(CLUSTER, number(0xE7, begins), *blocks)


def cues(places: list[tuple[int, int]]) -> bytes:
    """Moment and place of each cluster; the length does not depend on the values."""
    points = [
        element(CUE, number(0xB3, at), element(PLACES, number(0xF7, 1), number(0xF1, place)))
        for at, place in places
    ]
    return element(CUES, *points)
