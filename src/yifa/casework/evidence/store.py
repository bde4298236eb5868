"""Where the bytes of evidence lie: by their SHA-256, written once, on the disk before anything refers to them.

The doorway is `store()`. `Store` is all that the rest of the house asks of it, so that a bucket with object lock can keep
the bytes one day: a file that comes in parts is a multipart upload there, `keep_part` its completion.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from yifa.casework.evidence.errors import FileChanged, FileGone, NoRoom

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
        self.file.flush()
        _settle(self.file.fileno(), self.path, path_of(self.root, self.digest))
        self.file.close()
        return self.digest

    def drop(self) -> None:
        """Nothing of it stays, where it was not kept."""
        self.file.close()
        self.path.unlink(missing_ok=True)


class Arrival(Protocol):
    """A file on its way in, in one go."""

    size: int

    @property
    def digest(self) -> str: ...

    def write(self, chunk: bytes) -> None: ...

    def keep(self) -> str: ...

    def drop(self) -> None: ...


class Store(Protocol):
    """What keeps the bytes. In one go: `incoming`. In parts under a key: `begin`, `put` …, then `keep_part` or `drop_part`."""

    def incoming(self) -> Arrival: ...

    def begin(self, key: str, size: int) -> None: ...

    def holding(self, key: str) -> AbstractContextManager[None]: ...

    def put(self, key: str, offset: int, data: bytes | memoryview) -> None: ...

    def part(self, key: str) -> BinaryIO: ...

    def keep_part(self, key: str, sha256: str) -> None: ...

    def drop_part(self, key: str) -> None: ...

    def open(self, sha256: str) -> BinaryIO: ...

    def size(self, sha256: str) -> int: ...

    def check(self, sha256: str) -> None: ...

    def room_for(self, size: int) -> bool: ...

    def kept(self) -> Iterator[tuple[str, float]]: ...

    def remove(self, sha256: str, before: float) -> bool: ...

    def drop_left_behind(self, before: float) -> None: ...


class Folder:
    """The store on a local disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def incoming(self) -> Incoming:
        return Incoming(self.root)

    def begin(self, key: str, size: int) -> None:
        """Room for a file that comes in parts, taken on the disk now: a full disk says so here. Raises NoRoom."""
        if not self.room_for(size):
            raise NoRoom(str(size))
        path = self._part(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.posix_fallocate(handle, 0, size)
        except OSError as error:
            path.unlink()
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoRoom(str(size)) from error
            raise
        finally:
            os.close(handle)

    @contextmanager
    def holding(self, key: str) -> Iterator[None]:
        """One at a time writes to the parts of a key, whatever process it is in. Raises FileGone."""
        with self.part(key) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def put(self, key: str, offset: int, data: bytes | memoryview) -> None:
        """A part at its place, on the disk when this returns. Raises FileGone."""
        try:
            handle = os.open(self._part(key), os.O_WRONLY)
        except FileNotFoundError as error:
            raise FileGone(f"没有正在接收的文件 {key}") from error
        try:
            done = 0
            while done < len(data):
                done += os.pwrite(handle, data[done:], offset + done)
            os.fdatasync(handle)
        finally:
            os.close(handle)

    def part(self, key: str) -> BinaryIO:
        """What came in under a key so far. Raises FileGone."""
        try:
            return self._part(key).open("rb")
        except FileNotFoundError as error:
            raise FileGone(f"没有正在接收的文件 {key}") from error

    def keep_part(self, key: str, sha256: str) -> None:
        """The whole file under its hash, as `Incoming.keep` does. Raises FileGone."""
        with self.part(key) as file:
            _settle(file.fileno(), self._part(key), path_of(self.root, sha256))

    def drop_part(self, key: str) -> None:
        self._part(key).unlink(missing_ok=True)

    def _part(self, key: str) -> Path:
        return self.root / "incoming" / f"part-{key}"

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

    def drop_left_behind(self, before: float) -> None:
        """Files that were on their way in when the server stopped, and nobody went on with."""
        for path in (self.root / "incoming").glob("*"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def store() -> Folder:
    return Folder(settings.HOME / "evidence")


def path_of(root: Path, sha256: str) -> Path:
    return root / "sha256" / sha256[:2] / sha256[2:4] / sha256


def _settle(handle: int, path: Path, place: Path) -> None:
    """fsync of the file, then its name, then fsync of the folders: only now may a row refer to it."""
    made = _folders_to_make(place.parent)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.fchmod(handle, READ_ONLY)
    os.fsync(handle)
    os.replace(path, place)
    for folder in (place.parent, *made):
        _to_disk(folder)


def _folders_to_make(folder: Path) -> list[Path]:
    """Parents whose entries change when `folder` is made: each must reach the disk too."""
    return [one.parent for one in (folder, *folder.parents) if not one.exists()]


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
