"""The draw FJ-DRAW-v1: a seed from published and sealed values, and orders that anyone can compute again. Integers only.

Nothing here knows a database or a page; docs/spec/draw.md has the bytes and the transcript.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator, Sequence
from fractions import Fraction

ALGORITHM = "FJ-DRAW-v1"
SEED = b"FJ-DRAW-SEED-v1\0"
STREAM = b"FJ-DRAW-v1\0"
RANGE = 2**64


def _long(data: bytes) -> bytes:
    """Length in four bytes, then the data: no two lists of texts are spelt alike."""
    return len(data).to_bytes(4, "big") + data


def commitment(objects_root: bytes, officers_root: bytes, rules_hash: bytes) -> bytes:
    """What binds both frozen lists and the rules before anything random is known."""
    return hashlib.sha256(objects_root + officers_root + rules_hash).digest()


def seed(draw_id: str, commit: bytes, contributions: Sequence[tuple[str, str]]) -> bytes:
    """K from the commitment and the pairs (label, value) in their order. Texts are NFC."""
    parts = [draw_id.encode(), commit]
    for label, value in contributions:
        parts += [label.encode(), value.encode()]
    return hashlib.sha256(SEED + b"".join(_long(part) for part in parts)).digest()


def numbers(key: bytes, label: str) -> Iterator[int]:
    """The stream of a label: 64-bit numbers without end."""
    start = STREAM + _long(label.encode())
    block = 0
    while True:
        yield from struct.unpack(">4Q", hmac.digest(key, start + struct.pack(">Q", block), "sha256"))
        block += 1


def below(stream: Iterator[int], limit: int) -> int:
    """The next number in 0 … limit - 1; what would favour the small ones is thrown away."""
    fair = RANGE - RANGE % limit
    return next(number for number in stream if number < fair) % limit


def order(key: bytes, label: str, size: int) -> Iterator[int]:
    """Places 0 … size - 1 in the order drawn; the first m cost m numbers and m places of memory."""
    stream = numbers(key, label)
    moved: dict[int, int] = {}
    for place in range(size):
        left = size - place
        other = place + below(stream, left) if left > 1 else place
        yield moved.get(other, other)
        moved[other] = moved.pop(place, place)


def ordered(key: bytes, label: str, ids: Sequence[str]) -> list[str]:
    """All ids, sorted by their UTF-8 bytes first, in the order drawn. Raises ValueError on a name given twice."""
    names = sorted(ids, key=str.encode)
    if len(set(names)) != len(names):
        raise ValueError("a name is on the list twice")
    return [names[place] for place in order(key, label, len(names))]


def number_to_draw(rate: str, count: int) -> int:
    """A rate such as "3/10" of a tier, rounded up. Raises ValueError unless 0 < rate ≤ 1."""
    share = Fraction(rate)
    if not 0 < share <= 1:
        raise ValueError(f"the rate {rate} is not above 0 and at most 1")
    return -(-share.numerator * count // share.denominator)
