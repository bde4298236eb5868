"""`yifa account`: the first administrators of an installation; accounts of an earlier version into the log."""

from __future__ import annotations

import argparse

from yifa.site.cli.errors import Refused
from yifa.site.cli.installation import chosen_organ, organ_option

HELP = "账号：建立本机关第一个系统、安全或审计管理员；把旧版本的账号记入日志"
DATABASE = True
ROLES = ("system_admin", "security_admin", "audit_admin")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="登录名")
    parser.add_argument("--role", choices=ROLES, default=ROLES[0], help="哪一种管理员（默认系统管理员）")
    parser.add_argument("--enter", action="store_true", help="把本版以前建立、还没有入日志的账号补记入日志")
    organ_option(parser)


def run(args: argparse.Namespace) -> int:
    """0: done, the one-time password on the last line. Refused (1): there is such an administrator already."""
    if args.enter == bool(args.name):
        raise Refused("account：请给出登录名（建立管理员），或者只写 --enter（补记旧账号）")
    return _enter() if args.enter else _create(args)


def _create(args: argparse.Namespace) -> int:
    from yifa.site.accounts.errors import InvalidAccount
    from yifa.site.accounts.first import create_first_administrator
    from yifa.site.accounts.roles import ADMINISTRATORS

    organ = chosen_organ(args)
    try:
        account, secret = create_first_administrator(organ=organ, username=args.name, role=args.role)
    except InvalidAccount as refused:
        raise Refused(f"account：{refused}", code=1) from refused
    print(f"已建立 {organ.name} 的{ADMINISTRATORS[args.role]}：{account.username}")
    print("一次性密码只显示这一次，首次登录须改。其他账号由他登录后在“账号”页面建立。")
    print(secret)
    return 0


def _enter() -> int:
    from yifa.site.accounts.first import enter_unrecorded

    names = enter_unrecorded()
    print(f"已补记 {len(names)} 个账号：{'、'.join(names)}" if names else "没有要补记的账号")
    return 0
