"""The public files of the log in a folder: signed heads, all tiles, and the entries as they were hashed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from yifa.ledger import anchors, rotation
from yifa.ledger.checkpoints import sign
from yifa.ledger.models import Event
from yifa.ledger.tiles import tile_bytes
from yifa.proof.tiles import WIDTH, Tile

CHUNK = 1000
FOLDERS = {"sha256": "", "sm3": "sm3"}


def log_files(
    folder: Path, progress: Callable[[int], None], log: str = "case", *, entries: bool = True
) -> int:
    """Write `<log>/checkpoint`, `<log>/tile/…`, the same of the SM3 tree, and `<log>/entries.jsonl`; size of the log.

    The head is signed now where the log has grown. Raises SigningRefused, OSError.
    """
    head = sign(log)
    told = {"rotations.json": rotation.published(log), "anchors.json": anchors.published(log)}
    for tree, below in FOLDERS.items():
        target = folder / log / below
        target.mkdir(parents=True, exist_ok=True)
        (target / "checkpoint").write_text(head.notes[tree], encoding="utf-8")
        for tile in every_tile(head.size):
            path = target / "tile" / tile.address()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tile_bytes(log=log, tree=tree, tile=tile, size=head.size))
        for name, entries_of in told.items():
            (target / name).write_text(json.dumps(entries_of, ensure_ascii=False) + "\n", encoding="utf-8")
    if not entries:
        return head.size
    return _entries(folder / log / "entries.jsonl", log, head.size, progress)


def every_tile(size: int) -> list[Tile]:
    """All tiles of a tree of `size` entries, the incomplete one of each level last."""
    found, level, width = [], 0, size
    while width:
        full, rest = divmod(width, WIDTH)
        found += [Tile(level, index, WIDTH) for index in range(full)]
        if rest:
            found.append(Tile(level, full, rest))
        level, width = level + 1, full
    return found


def _entries(path: Path, log: str, size: int, progress: Callable[[int], None]) -> int:
    """The bodies as hashed, one a line (canonical JSON has no line ends of its own)."""
    with path.open("wb") as file:
        for start in range(0, size, CHUNK):
            bodies = Event.objects.filter(log=log, idx__gte=start, idx__lt=min(size, start + CHUNK))
            for body in bodies.order_by("idx").values_list("body", flat=True):
                file.write(bytes(body) + b"\n")
            progress(min(size, start + CHUNK))
    return size
