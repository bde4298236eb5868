"""`yifa restore FILE`: a backup into an empty installation, verified before it counts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from yifa.site.cli.errors import Refused

HELP = "恢复：把备份装进空的安装，核验无误才生效；比已签名日志头旧的备份不予恢复"
DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="yifa backup 写出的文件")


def run(args: argparse.Namespace) -> int:
    """0: restored; 1: understood and refused, nothing written; 2: not a backup."""
    from yifa.site.backup.load import NotABackup, RestoreRefused, restore
    from yifa.site.cli.backup import Shown
    from yifa.site.cli.verify import sentence

    try:
        manifest = restore(Path(args.file), Shown())
    except NotABackup as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"{args.file}：读不出来（{error.strerror}）") from error
    except RestoreRefused as error:
        raise Refused([str(error), *(sentence(fault) for fault in error.faults)], code=1) from error
    log = manifest["log"]
    print(f"已恢复 {manifest['made_at']} 的备份：日志 {log['size']} 条，树根 {log['root_sha256']}，核验一致")
    if manifest["erased_again"]:
        print(f"备份之后删除过的个人信息 {manifest['erased_again']} 项已重新删除")
    print("接着：yifa verify state 可随时再核验一遍；yifa serve 启动服务。", file=sys.stderr)
    return 0
