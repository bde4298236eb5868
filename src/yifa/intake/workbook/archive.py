"""Is the file a workbook, and safe to unpack? Judged from the zip directory before anything is read."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

UNPACKED_LIMIT = 512 * 1024 * 1024
RATIO_LIMIT = 200
SMALL_PART_LIMIT = 16 * 1024 * 1024
HEAD = 64 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGE_PARTS = re.compile(r"xl/(worksheets/[^/]+\.xml|sharedStrings\.xml|media/.*)", re.IGNORECASE)
HARMLESS = re.compile(rb"<\?.*?\?>|<!--.*?-->", re.DOTALL)


class NotAWorkbook(Exception):
    """The file cannot be taken for an .xlsx at all; the message is one line of Chinese."""


def check_archive(path: Path) -> None:
    """Raises NotAWorkbook for anything but a plain .xlsx of at most 512 MB unpacked and 200 times its size."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            magic = file.read(8)
    except OSError as error:
        raise NotAWorkbook(f"{path}：文件打不开（{error.strerror}）") from error
    if magic == OLE:
        raise NotAWorkbook(f"{path}：是加密的或者旧格式的工作簿；请去掉密码，另存为 .xlsx")
    if not magic.startswith(b"PK"):
        raise NotAWorkbook(f"{path}：不是 .xlsx 工作簿；请用电子表格软件另存为 .xlsx")
    try:
        with zipfile.ZipFile(path) as archive:
            check_directory(path, archive, size)
            for info in archive.infolist():
                check_part(path, archive, info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotAWorkbook(f"{path}：文件已损坏，不能作为 .xlsx 打开") from error


def check_directory(path: Path, archive: zipfile.ZipFile, size: int) -> None:
    names = [info.filename for info in archive.infolist()]
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise NotAWorkbook(f"{path}：压缩包里没有工作簿，不是 .xlsx")
    if len(set(names)) != len(names) or any(info.flag_bits & 1 for info in archive.infolist()):
        raise NotAWorkbook(f"{path}：压缩包里有重名或者加密的部分，不予读取")
    unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > UNPACKED_LIMIT or unpacked > RATIO_LIMIT * size:
        raise NotAWorkbook(
            f"{path}：解开后有 {unpacked:,} 字节，超过 512 MB 或者文件大小的 {RATIO_LIMIT} 倍，不予读取"
        )


def check_part(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """zipfile never yields more than the directory says, so the sums above hold while streaming too."""
    if not info.filename.lower().endswith((".xml", ".rels")):
        return
    if info.file_size > SMALL_PART_LIMIT and not LARGE_PARTS.fullmatch(info.filename):
        raise NotAWorkbook(f"{path}：{info.filename} 过大，不予读取")
    with archive.open(info) as part:
        head = HARMLESS.sub(b"", part.read(HEAD).replace(b"\0", b""))
    if b"<!" in head.split(b"<![CDATA[")[0] or (info.file_size and not re.search(rb"<[A-Za-z_]", head)):
        raise NotAWorkbook(f"{path}：{info.filename} 含有文档类型声明，不予读取")
