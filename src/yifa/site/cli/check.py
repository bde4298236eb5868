"""`yifa check RECORD`: what the law says about one record file, without database or hidden clock (docs/spec/record.md).

`yifa check --all`: the same for every stored case of an organ, as of now.
"""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import Any

from yifa.law import check as law
from yifa.law.events import KINDS
from yifa.law.findings import BLOCKS, Finding
from yifa.law.labels import label
from yifa.law.packs.errors import UnknownTerritory
from yifa.law.record import Record, RecordError, load, moment
from yifa.site.cli.errors import Refused
from yifa.site.cli.installation import chosen_organ, open_database, organ_option

HELP = "检查一个案件记录文件是否合法（不需要数据库）；--all 检查库中全部案件"
DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", metavar="RECORD", nargs="?", help="案件记录文件，JSON 或 TOML")
    parser.add_argument("--all", action="store_true", help="检查库中本机关的全部案件；只读，不改动已存的结果")
    parser.add_argument(
        "--at", metavar="WHEN", help="检查的时点；只写日期指当日终了（默认：最后一个环节；--all 时为现在）"
    )
    parser.add_argument("--next", metavar="KIND", dest="kind", help="现在可否办理这一环节")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
    parser.add_argument("--year", metavar="Y", help="与 --all 同用：只查这一年登记的案件")
    parser.add_argument("--csv", metavar="FILE", help="与 --all 同用：每处问题一行，写入文件")
    parser.add_argument("--processes", metavar="N", help="与 --all 同用：几个进程同时读（默认按核数）")
    organ_option(parser)


def run(args: argparse.Namespace) -> int:
    """0: nothing blocks; 1: something blocks; Refused (2): not a record, or an option not understood."""
    at = _moment(args.at) if args.at else None
    if args.all:
        return _every_case(args, at)
    _refuse_mixed(args)
    if args.kind is not None and args.kind not in KINDS:
        raise Refused(f"--next：没有“{args.kind}”这个环节；可用 {'、'.join(KINDS)}")
    try:
        record = load(args.record)
    except RecordError as error:
        raise Refused(error.problems) from error
    try:
        return (
            _next(record, args.kind, at, as_json=args.json)
            if args.kind
            else _whole(record, at, as_json=args.json)
        )
    except UnknownTerritory as error:
        raise Refused(f"agency.territory: {record.agency.territory!r} has no pack") from error


ONLY_WITH_ALL = ("year", "csv", "processes", "organ")


def _refuse_mixed(args: argparse.Namespace) -> None:
    """Raises Refused for a file left out, or an option that has a meaning with --all alone."""
    if not args.record:
        raise Refused("check：请写明案件记录文件，或者用 --all 检查库中全部案件")
    for name in ONLY_WITH_ALL:
        if getattr(args, name):
            raise Refused(f"--{name} 只与 --all 同用；检查文件 {args.record} 时请去掉")


def _every_case(args: argparse.Namespace, at: datetime | None) -> int:
    if args.record or args.kind:
        raise Refused(f"check --all 检查库中全部案件，请去掉 {args.record or '--next'}")
    year = _number("year", args.year, 1900, 9999)
    processes = _number("processes", args.processes, 1, 64)
    open_database()
    from yifa.ledger.clock import now
    from yifa.site.rechecking.command import check_all

    return check_all(
        chosen_organ(args),
        at=at or now(),
        year=year,
        csv_file=args.csv,
        as_json=args.json,
        processes=processes,
    )


def _number(name: str, text: str | None, least: int, most: int) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise Refused(f"--{name}：{text!r} 不是{least}到{most}之间的整数")
    return int(text)


def _moment(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError as error:
        raise Refused(
            f"--at：{text!r} 不是日期（2024-05-01）或者带时区的时刻（2024-05-01T09:00:00+08:00）"
        ) from error


def _next(record: Record, kind: str, at: datetime | None, *, as_json: bool) -> int:
    allowed, findings = law.next_act(record, kind, at)
    if as_json:
        _print({"kind": kind, "allowed": allowed, "findings": [one.as_json() for one in findings]})
    else:
        print(f"{label('event_kind', kind)}：{'可以办理' if allowed else '现在不能办理'}")
        _print_findings(findings)
    return 0 if allowed else 1


def _whole(record: Record, at: datetime | None, *, as_json: bool) -> int:
    answer = law.check(record, at)
    if as_json:
        _print(answer.as_json())
    else:
        blocking = sum(one.severity == BLOCKS for one in answer.findings)
        print(
            f"{record.number or '（无案号）'}，截至{answer.facts.at:%Y-%m-%d %H:%M}："
            f"{blocking}项阻止，{len(answer.findings) - blocking}项提醒"
        )
        _print_findings(answer.findings)
        for clock in answer.deadlines:
            print(f"期限 {clock.rule}：{clock.running.deadline.why}")
        for gap in answer.not_evaluated:
            print(f"未判断 {gap.rule}：{label('not_evaluated_reason', gap.reason)}（{gap.detail}）")
    return 1 if answer.blocked else 0


def _print_findings(findings: list[Finding]) -> None:
    for one in findings:
        where = "" if one.event is None else f"[{one.event}]"
        print(
            f"{label('severity', one.severity)} {one.rule}{where} {one.message}（{one.article}）。{one.remedy}"
        )


def _print(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
