"""`yifa witness out DIR` and `witness in FILE`: the log on a USB stick to a witness, and the cosigned head back."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from yifa.site.cli.errors import Refused

HELP = "见证：out 把日志写到 U 盘交见证方核对加签，in 收回加签的日志头，不带参数则列出见证情况"
DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("out", "in"), help="out：写出；in：收回")
    parser.add_argument("path", nargs="?", metavar="PATH", help="out 的文件夹，in 的 checkpoint.cosigned")


def run(args: argparse.Namespace) -> int:
    """0: done, everyone has cosigned within 72 hours; 1: refused, or a witness is stale or missing."""
    from yifa.ledger.checkpoints import SigningRefused
    from yifa.ledger.witnesses import CosignatureRefused

    if bool(args.what) != bool(args.path):
        raise Refused("witness：写成 yifa witness out 文件夹、yifa witness in 文件，或者只写 yifa witness")
    try:
        if args.what == "out":
            return _out(Path(args.path))
        return _in(Path(args.path)) if args.what == "in" else _list()
    except (SigningRefused, CosignatureRefused) as refused:
        raise Refused(str(refused), code=1) from refused
    except OSError as error:
        raise Refused(f"{args.path}：{error.strerror}") from error


def _out(folder: Path) -> int:
    from yifa.ledger.checkpoints import verifier_keys
    from yifa.ledger.publishing import log_files
    from yifa.ledger.succession import KINDS, current, generations
    from yifa.proof import verify

    logs = [log for kind in KINDS for log in generations(kind)]
    sizes = [f"{log} {log_files(folder, lambda done: None, log, entries=False)} 条" for log in logs]
    for name in ("verify", "witness"):
        shutil.copyfile(Path(verify.__file__).with_stem(name), folder / f"yifa-{name}.py")
    print(f"已写出日志到 {folder}：{'，'.join(sizes)}。请见证方运行（公钥请当面核对）：")
    for log in map(current, KINDS):
        for below, key in zip((log, f"{log}/sm3"), verifier_keys(log), strict=True):
            print(f"  python3 yifa-witness.py sign {below} --log-key {key}")
    return 0


def _in(path: Path) -> int:
    from yifa.ledger.witnesses import take_in

    for seen in take_in(path):
        print(f"{seen.name} 已见证 {seen.log} {seen.size} 条（{seen.at:%Y-%m-%d %H:%M} UTC）")
    return 0


def _list() -> int:
    from yifa.ledger.clock import now
    from yifa.ledger.witnesses import witnessed

    found, at = witnessed(), now()
    for seen in found:
        state = "超过 72 小时没有见证" if seen.stale(at) else "72 小时内已见证"
        print(f"{seen.name}：{seen.log} {seen.size} 条，{state}")
    if not found:
        print("还没有登记见证方：请把见证公钥写进 YIFA_KEYS 下的 witnesses.txt", file=sys.stderr)
    return 0 if found and not any(seen.stale(at) for seen in found) else 1
