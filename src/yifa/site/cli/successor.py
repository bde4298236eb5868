"""`yifa successor case --cause damaged`: a damaged log is frozen as it is, and a successor begins."""

from __future__ import annotations

import argparse
import sys

from yifa.site.cli.errors import Refused

HELP = "后继日志：日志损坏而没有完好的备份时，封存旧日志，另开一本从最后签名的日志头接续"
DATABASE = True
CAUSES = ("damaged", "rolled_back")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=("case", "access"), help="case：办案日志；access：查阅记录的日志")
    parser.add_argument(
        "--cause", required=True, choices=CAUSES, help="damaged：内容损坏；rolled_back：记录缺失"
    )
    parser.add_argument("--yes", action="store_true", help="日志核验通过时也要开")


def run(args: argparse.Namespace) -> int:
    """Exit 1 where the log has no fault and `--yes` is not given, or the head signed last cannot be read."""
    from yifa.ledger.checkpoints import SigningRefused
    from yifa.ledger.succession import current
    from yifa.ledger.successor import open_successor
    from yifa.ledger.verify import every_table
    from yifa.site.cli.verify import everything, sentence

    old = current(args.kind)
    _, found = everything(organ="", tables=every_table())
    faults = [sentence(fault) for fault in found if fault.log == old]
    if not faults and not args.yes:
        raise Refused(f"日志 {old} 核验通过，不需要后继日志", code=1)
    try:
        opened = open_successor(kind=args.kind, cause=args.cause, faults=faults)
    except SigningRefused as refused:
        raise Refused(str(refused), code=1) from refused
    for text in faults:
        print(text)
    print(
        f"{old} 已封存，后继日志是 {opened.log}：旧日志 {opened.faults} 处不一致，接收台账 {opened.rows} 行"
    )
    if opened.unreadable:
        print(f"另有 {opened.unreadable} 行读不出来，没有接收：yifa verify state 会列出", file=sys.stderr)
    print("请保存以上清单，重启 yifa serve，并把新的日志头交给见证方", file=sys.stderr)
    return 0
