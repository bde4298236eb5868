"""Whether a PDF may do something by itself when it is opened: script, action, form, a file within. Nothing here runs it.

Names may be written with `#4a` for a letter, and stand in compressed object streams: both are read. What cannot be read,
such as an encrypted stream of objects, counts as acting.
"""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

BLOCK, OVERLAP = 1 << 20, 4096
LARGEST_STREAM = 64 << 20
ACTING = re.compile(
    rb"/(?:JavaScript|Launch|SubmitForm|ImportData|XFA|RichMedia|EmbeddedFile|GoToE|GoToR|Encrypt)\b"
)
"""No shorter names, such as JS or AA: the picture of a scan of 200 MB has those by chance, and each needs one of these."""
HASHED = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECTS = re.compile(rb"/ObjStm\b.{0,600}?stream\r?\n", re.S)


def acts(file: BinaryIO) -> bool:
    """A little at a time, whatever its size."""
    file.seek(0)
    before, place = b"", 0
    while block := file.read(BLOCK):
        text = before + block
        if ACTING.search(_plain(text)):
            return True
        start = place - len(before)
        place += len(block)
        streams = [start + found.end() for found in OBJECTS.finditer(text)]
        if any(_hides(file, at) for at in streams):
            return True
        file.seek(place)
        before = text[-OVERLAP:]
    return False


def _plain(text: bytes) -> bytes:
    return HASHED.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text


def _hides(file: BinaryIO, place: int) -> bool:
    """Whether the object stream that begins there names an action, or does not open within a bound."""
    file.seek(place)
    opened, before, seen = zlib.decompressobj(), b"", 0
    try:
        while not opened.eof:
            packed = opened.unconsumed_tail or file.read(1 << 16)
            if not packed:
                return True
            part = opened.decompress(packed, BLOCK)
            seen += len(part)
            if seen > LARGEST_STREAM or ACTING.search(_plain(before + part)):
                return True
            before = part[-64:]
    except zlib.error:
        return True
    return False
