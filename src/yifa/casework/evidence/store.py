"""Where the bytes of evidence lie: by their SHA-256, written once, on the disk before anything refers to them.

The doorway is `store()`; whatever else may keep bytes one day (a bucket with object lock) has these five verbs:
`incoming`, `open`, `size`, `check`, `remove`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from yifa.casework.evidence.errors import FileChanged, FileGone

CHUNK = 1024 * 1024
READ_ONLY = 0o440


class Incoming:
    """A file on its way in: hashed while it is written, without a name until it is whole and on the disk."""

    def __init__(self, root: Path) -> None:
        self.root, self.size = root, 0
        self.sha256, self.sm3 = hashlib.sha256(), hashlib.new("sm3")
        folder = root / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        self.file, self.path = os.fdopen(handle, "w+b"), Path(name)

    @property
    def digest(self) -> str:
        return self.sha256.hexdigest()

    def write(self, chunk: bytes) -> None:
        self.sha256.update(chunk)
        self.sm3.update(chunk)
        self.size += len(chunk)
        self.file.write(chunk)

    def keep(self) -> str:
        """Temp file → fsync → rename → fsync of the folders; returns the SHA-256 under which it now lies.

        The same bytes again take the place of those there: a copy that had rotted is whole again.
        """
        place = path_of(self.root, self.digest)
        made = _folders_to_make(place.parent)
        place.parent.mkdir(parents=True, exist_ok=True)
        self.file.flush()
        os.fchmod(self.file.fileno(), READ_ONLY)
        os.fsync(self.file.fileno())
        os.replace(self.path, place)
        for folder in (place.parent, *made):
            _to_disk(folder)
        self.file.close()
        return self.digest

    def drop(self) -> None:
        """Nothing of it stays, where it was not kept."""
        self.file.close()
        self.path.unlink(missing_ok=True)


class Folder:
    """The store on a local disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def incoming(self) -> Incoming:
        return Incoming(self.root)

    def open(self, sha256: str) -> BinaryIO:
        """Raises FileGone."""
        try:
            return path_of(self.root, sha256).open("rb")
        except FileNotFoundError as error:
            raise FileGone(f"存储中没有文件 {sha256}") from error

    def size(self, sha256: str) -> int:
        """Raises FileGone."""
        try:
            return path_of(self.root, sha256).stat().st_size
        except FileNotFoundError as error:
            raise FileGone(f"存储中没有文件 {sha256}") from error

    def check(self, sha256: str) -> None:
        """Read it whole and hash it again. Raises FileGone, FileChanged."""
        found = hashlib.sha256()
        with self.open(sha256) as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
        if found.hexdigest() != sha256:
            raise FileChanged(f"文件 {sha256} 的内容已经不是入库时的内容")

    def room_for(self, size: int) -> bool:
        """Whether so much fits, and the database keeps a twentieth of the disk to write on."""
        self.root.mkdir(parents=True, exist_ok=True)
        usage = shutil.disk_usage(self.root)
        return usage.free - size > usage.total // 20

    def kept(self) -> Iterator[tuple[str, float]]:
        """(SHA-256, moment it was written) of every file, in no order."""
        for path in (self.root / "sha256").glob("??/??/*"):
            yield path.name, path.stat().st_mtime

    def remove(self, sha256: str, before: float) -> bool:
        """Take a file nothing refers to away, unless it was written again meanwhile (after `before`)."""
        place, aside = path_of(self.root, sha256), self.root / "incoming" / f"swept-{sha256}"
        aside.parent.mkdir(parents=True, exist_ok=True)
        os.replace(place, aside)
        if aside.stat().st_mtime >= before:
            os.replace(aside, place)
            return False
        aside.unlink()
        return True

    def left_behind(self, before: float) -> list[Path]:
        """Files that were on their way in when the server stopped."""
        return [path for path in (self.root / "incoming").glob("*") if path.stat().st_mtime < before]


def store() -> Folder:
    return Folder(settings.HOME / "evidence")


def path_of(root: Path, sha256: str) -> Path:
    return root / "sha256" / sha256[:2] / sha256[2:4] / sha256


def _folders_to_make(folder: Path) -> list[Path]:
    """Parents whose entries change when `folder` is made: each must reach the disk too."""
    return [one.parent for one in (folder, *folder.parents) if not one.exists()]


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
