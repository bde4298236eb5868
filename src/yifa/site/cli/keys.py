"""`yifa keys` and `yifa keys rotate`: the signing key in use, and a new one in its place."""

from __future__ import annotations

import argparse
import sys

from yifa.site.cli.errors import Refused

HELP = "签名密钥：不带参数列出验证公钥；rotate 换一把新的，新旧两把都在日志里签名"
DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("rotate",), help="rotate：更换签名密钥")


def run(args: argparse.Namespace) -> int:
    from yifa.ledger.checkpoints import SigningRefused, verifier_keys
    from yifa.ledger.mode import IntegrityBroken
    from yifa.ledger.rotation import rotate
    from yifa.ledger.succession import KINDS, current

    try:
        if args.what == "rotate":
            rotate()
            print(
                "已更换签名密钥。旧私钥已从 YIFA_KEYS 删除；请备份新私钥，并把下面的公钥交给见证方",
                file=sys.stderr,
            )
        for kind in KINDS:
            for key in verifier_keys(current(kind)):
                print(key)
    except (SigningRefused, IntegrityBroken) as refused:
        raise Refused(str(refused), code=1) from refused
    return 0
