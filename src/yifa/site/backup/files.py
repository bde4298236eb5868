"""Files of evidence in a backup and in an export: copied as they are hashed, so that a wrong byte is found on the way."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from yifa.casework.evidence.errors import FileGone
from yifa.casework.evidence.queries import every_file
from yifa.casework.evidence.store import CHUNK, store
from yifa.listing.exports import neutral
from yifa.registry.organs.models import Organ

Progress = Callable[[str, int], None]
HEADS = ("案件", "序号", "文件", "大小(字节)", "SHA-256", "SM3", "说明")
MISSING, CHANGED = "缺失", "与入库时不一致"


class DamagedFile(Exception):
    """A file in the backup is not what its name says."""


def put(
    archive: zipfile.ZipFile, stored: Iterable[tuple[str, int]], progress: Progress
) -> list[dict[str, Any]]:
    """Members `files/<sha256>`, stored as they are; their entries in the manifest. A lost one is said, and stops nothing."""
    listed = []
    for count, (sha256, size) in enumerate(stored, start=1):
        lost = ""
        try:
            with (
                store().open(sha256) as source,
                archive.open(zipfile.ZipInfo(_member(sha256)), "w", force_zip64=True) as member,
            ):
                lost = "" if copy(source, member) == sha256 else CHANGED
        except FileGone:
            lost = MISSING
        listed.append({"sha256": sha256, "size": size, "lost": lost})
        progress("files", count)
    return listed


def take(archive: zipfile.ZipFile, listed: Iterable[dict[str, Any]], progress: Progress) -> None:
    """Into the store, each under its hash. Raises DamagedFile; what was lost when the backup was made is left out."""
    for count, entry in enumerate(listed, start=1):
        if entry["lost"]:
            continue
        incoming = store().incoming()
        try:
            with archive.open(_member(entry["sha256"])) as member:
                while chunk := member.read(CHUNK):
                    incoming.write(chunk)
            if incoming.digest != entry["sha256"]:
                raise DamagedFile(f"备份里的证据文件 {entry['sha256']} 已经损坏。请换一份备份")
            incoming.keep()
        except KeyError as error:
            raise DamagedFile(f"备份里缺少证据文件 {entry['sha256']}。请换一份备份") from error
        finally:
            incoming.drop()
        progress("files", count)


def _member(sha256: str) -> str:
    return f"files/{sha256}"


def copy(source: IO[bytes], target: IO[bytes]) -> str:
    """The SHA-256 of what was copied."""
    found = hashlib.sha256()
    while chunk := source.read(CHUNK):
        found.update(chunk)
        target.write(chunk)
    return found.hexdigest()


def evidence(folder: Path, organs: Iterable[Organ], progress: Progress) -> tuple[int, tuple[str, ...]]:
    """`evidence/<case>/<serial>-<name>` and `evidence.csv`; how many, and the rows (`case/serial`) of those lost."""
    count, lost = 0, []
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    with (folder / "evidence" / "evidence.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        for organ in organs:
            for row in every_file(organ.code).iterator(CHUNK // 1024):
                wrong = _exported(folder / "evidence" / row.case_id, row)
                said_of = [row.case_id, row.serial, row.name, row.size, row.sha256, row.sm3, wrong]
                writer.writerow([neutral(str(cell)) for cell in said_of])
                lost += [str(row)] if wrong else []
                count += not wrong
                progress("evidence", count)
    return count, tuple(lost)


def _exported(folder: Path, row: Any) -> str:
    """Why a file could not be exported; empty where it was."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = "".join(one if one.isalnum() or one in "._- （）" else "_" for one in row.name).lstrip(".")
    path = folder / f"{row.serial}-{plain[-80:]}"
    try:
        with store().open(row.sha256) as source, path.open("wb") as target:
            same = copy(source, target) == row.sha256
    except FileGone:
        return MISSING
    if not same:
        path.unlink()
        return CHANGED
    return ""


def said(lost: tuple[str, ...]) -> str:
    """A line for whoever reads the export."""
    return (
        f"缺失或者已经改变、没有导出的证据文件：{'、'.join(lost)}。" if lost else "证据文件都与入库时一致。"
    )
