"""`yifa backup FILE`: the whole installation in one file, as at one moment."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from yifa.site.cli.errors import Refused

HELP = "备份：把全部数据写成一个文件（签名私钥不在其中，须另行保管）"
DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="写到哪里，例如 yifa-2026-11-23.zip；已有的文件不覆盖")


def run(args: argparse.Namespace) -> int:
    from django.db import DatabaseError

    from yifa.site.backup.dump import dump

    path = Path(args.file)
    if path.exists():
        raise Refused(f"{path} 已经存在，没有覆盖。请换一个文件名")
    try:
        written = dump(path, Shown())
    except OSError as error:
        raise Refused(f"{path}：备份写不进去（{error.strerror}），没有留下半个文件") from error
    except DatabaseError as error:
        raise Refused(f"数据库读不出来：{str(error).splitlines()[0]}") from error
    print(
        f"已备份 {written.rows} 行、证据文件 {written.files} 个到 {path}：日志 {written.size} 条，树根 {written.root_sha256}"
    )
    print("签名私钥和最后签名的日志头不在备份里（YIFA_KEYS），请另行保管。", file=sys.stderr)
    for sha256 in written.lost:
        print(
            f"证据文件 {sha256} 缺失或者已经改变，不在备份里。yifa verify files 说明是哪个案件的",
            file=sys.stderr,
        )
    return 1 if written.lost else 0


class Shown:
    """The table at work on stderr, where that is a terminal."""

    def __call__(self, table: str, rows: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{table:40} {rows:>10}", end="", file=sys.stderr, flush=True)
