"""`yifa demo`: load the sample year and running cases, and say who can log in."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from yifa.site.cli.errors import Refused

if TYPE_CHECKING:
    from yifa.intake.sample.actions import Loaded

HELP = "载入演示数据（示例区城市管理委员会）"
DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--today", metavar="DATE", help="在办案件围绕哪一天展开（默认：今天）")
    parser.add_argument("--workbook", metavar="OUT.xlsx", help="只写出2021年演示台账，不动数据库")


def run(args: argparse.Namespace) -> int:
    """0: the demo is there. Refused (1): the database holds an organ that is no demonstration."""
    today = _day(args.today)
    if args.workbook:
        return _write(Path(args.workbook))
    loaded = _load(today)
    _print_loaded(loaded)
    _print_logins(loaded)
    return 0


def _day(text: str | None) -> date:
    from yifa.ledger import clock

    if text is None:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"--today：{text!r} 不是日期；写成 2021-03-05") from error


def _write(path: Path) -> int:
    from yifa.intake.sample.workbook import write_year

    try:
        write_year(path)
    except OSError as error:
        raise Refused(f"{path}：写不出文件（{error.strerror}）") from error
    print(f"已写出演示台账：{path}", file=sys.stderr)
    return 0


def _load(today: date) -> Loaded:
    from yifa.intake.sample.actions import NotADemo, SampleRefused, load_sample
    from yifa.site.cli.import_ import Bar

    try:
        return load_sample(today=today, progress=Bar())
    except NotADemo as refused:
        raise Refused(
            f"数据库里有不是演示数据的机关：{'、'.join(refused.organs)}。"
            "演示数据不与真实数据放在一起，请换一个 YIFA_HOME 或者 DATABASE_URL",
            code=1,
        ) from refused
    except SampleRefused as refused:
        raise Refused(refused.lines, code=1) from refused


def _print_loaded(loaded: Loaded) -> None:
    if not loaded.changed:
        print(f"{loaded.organ.name}：演示数据已经在了，没有变化")
        return
    print(f"{loaded.organ.name}：已载入演示数据（人物、单位、证件号码均为虚构）")
    for outcome in (loaded.year, loaded.living):
        if outcome is not None:
            print(*outcome.summary_lines(), sep="\n")


def _print_logins(loaded: Loaded) -> None:
    from yifa.site.accounts.demo import LOGINS, PASSWORD, create_demo_logins, further_roles

    create_demo_logins(organ=loaded.organ)
    further = further_roles(loaded.organ)
    print("登录名与密码：")
    for login in LOGINS:
        role, _, use = login.title.partition("：")
        also = f"；本人另有角色：{further[login.username]}" if further[login.username] else ""
        print(f"  {role}：{login.username} / {PASSWORD}（{use}{also}）")
