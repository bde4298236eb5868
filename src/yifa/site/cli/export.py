"""`yifa export --all DIR`: everything in files that can be read without Yifa."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from yifa.site.cli.errors import Refused
from yifa.site.cli.installation import chosen_organ, organ_option

HELP = "导出：案件记录、登记簿表格、日志和核验程序，不用本系统也能阅读"
DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all", required=True, metavar="DIR", dest="folder", help="写到哪个新的或者空的文件夹"
    )
    organ_option(parser)


def run(args: argparse.Namespace) -> int:
    from yifa.ledger.checkpoints import SigningRefused
    from yifa.registry.organs.models import Organ
    from yifa.site.backup.export import export

    folder = Path(args.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refused(f"{folder} 里已经有文件。请换一个新的文件夹")
        organs = [chosen_organ(args)] if args.organ else list(Organ.objects.order_by("code"))
        done = export(folder, organs, lambda what, count: None)
    except OSError as error:
        raise Refused(
            f"{folder}：导出没有完成（{error.strerror}），已写出的文件不完整，请删去重来"
        ) from error
    except SigningRefused as refused:
        raise Refused(f"日志头没有签发，导出没有完成：{refused}", code=1) from refused
    print(f"已导出到 {folder}：案件 {done.cases} 件，登记簿 {done.registers} 个，日志 {done.entries} 条")
    print("先看 README.txt。案件文件含个人信息，请按保密要求保管。", file=sys.stderr)
    return 0
