"""`yifa deadline`: when a period ends, and why. No database; docs/spec/commands.md has the JSON."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date, datetime

from yifa.law.calendar import SHANGHAI, UNITS, BadPeriod, deadline
from yifa.law.packs import UnknownTerritory, pack
from yifa.site.cli.errors import Refused

HELP = "算一个期限：最后一天是哪天，怎么算的（不需要数据库）"
DATABASE = False
DEFAULT_TERRITORY = "120115"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="start", metavar="WHEN", required=True, help="起算的日期或时刻，当日不计入"
    )
    parser.add_argument("--length", metavar="N", required=True, help="期限长度，正整数")
    parser.add_argument("--unit", required=True, help="单位：" + "、".join(UNITS))
    parser.add_argument("--roll", action="store_true", help="末日是休息日的，顺延到下一工作日")
    parser.add_argument("--before", action="store_true", help="倒着数：之间须有 N 个完整的单位")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")


def run(args: argparse.Namespace) -> int:
    """Prints the day, then why. Raises Refused (2) for what cannot be counted."""
    start = read_start(args.start, args.unit)
    try:
        length = int(args.length)
    except ValueError:
        raise Refused(f"--length：“{args.length}”不是整数。请写正整数，例如 5") from None
    try:
        law = pack(os.environ.get("YIFA_TERRITORY", DEFAULT_TERRITORY))
        answer = deadline(
            start=start,
            length=length,
            unit=args.unit,
            roll=args.roll,
            before=args.before,
            holidays=law.holidays,
        )
    except (BadPeriod, UnknownTerritory) as error:
        raise Refused(str(error)) from error
    if args.json:
        print(json.dumps(answer.as_json(), ensure_ascii=False))
        return 0
    last = answer.due_at.isoformat(timespec="minutes") if answer.due_at else answer.due_on.isoformat()
    print(last + ("（暂定）" if answer.provisional else ""))
    print(answer.why)
    return 0


def read_start(text: str, unit: str) -> date | datetime:
    """A day, or for hours a moment (Shanghai time where no offset is written). Raises Refused."""
    try:
        if unit == "hour" or "T" in text or ":" in text:
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"--from：“{text}”不是日期。请写 2021-09-28，按小时计算写 2021-10-01T16:30") from None
