"""`yifa report YEAR`: the annual report counted from the records, as JSON or as a page that stands alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from yifa.site.cli.errors import Refused
from yifa.site.cli.installation import chosen_organ, organ_option

HELP = "年度报告：每个数字都由记录现算，附口径、记录数和摘要"
DATABASE = True
FORMATS = ("json", "html", "docx", "pdf")
NOT_YET = ("docx", "pdf")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", metavar="YEAR", help="年份，例如 2021")
    parser.add_argument(
        "--format", choices=FORMATS, default="json", help="json（默认）或 html；docx、pdf 尚未提供"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="写入文件；省略则写到标准输出")
    parser.add_argument(
        "--as-of", default="", metavar="WHEN", help="只计到此时（日期即当日结束），默认年末或现在"
    )
    parser.add_argument(
        "--keys", action="store_true", help="JSON 里列出每个指标所数记录的键，供 yifa verify report 复算"
    )
    organ_option(parser)


def run(args: argparse.Namespace) -> int:
    """Count, then write: when a figure fails nothing is written. Returns 0; raises Refused."""
    from yifa.ledger.clock import now
    from yifa.reports.annual.assembling import assemble
    from yifa.reports.annual.period import BadReportPeriod, period_of
    from yifa.reports.figures.measuring import FigureFailed

    if args.format in NOT_YET:
        raise Refused(f"--format {args.format} 尚未提供，请用 json 或 html")
    if args.keys and args.format != "json":
        raise Refused("--keys 只用于 --format json")
    try:
        period = period_of(args.year, now=now(), as_of=args.as_of)
    except BadReportPeriod as error:
        raise Refused(str(error)) from error
    try:
        report = assemble(chosen_organ(args), period, with_keys=args.keys)
    except FigureFailed as failed:
        raise Refused(str(failed), code=1) from failed
    if report.head.signed is None:
        print(f"报告没有签名的日志头：{report.head.refused}", file=sys.stderr)
    write(report.as_json() if args.format == "json" else report.as_html(), args.output)
    return 0


def write(text: str, output: str | None) -> None:
    """To stdout, or to the file whole. Raises Refused where the file cannot be written."""
    if not output:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{output} 写不进去：{error.strerror}。请换一个位置，用 -o 指明") from error
    print(f"已写入 {output}", file=sys.stderr)
