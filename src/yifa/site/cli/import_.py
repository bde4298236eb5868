"""`yifa import`: take a workbook in, or write an empty one."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from yifa.site.cli.errors import Refused
from yifa.site.cli.installation import chosen_organ, organ_option

if TYPE_CHECKING:
    from yifa.registry.organs.models import Organ

HELP = "导入台账工作簿，或者写出空白模板"
DATABASE = True
TERRITORY = "120115"
BAR = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", metavar="BOOK.xlsx", nargs="?", help="要导入的工作簿")
    parser.add_argument("--template", metavar="OUT.xlsx", help="写出空白模板")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    parser.add_argument("--as", dest="staff_no", metavar="工号", help="由谁导入")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    organ_option(parser)


def run(args: argparse.Namespace) -> int:
    if bool(args.book) == bool(args.template):
        raise Refused("请给出要导入的工作簿，或者用 --template 写出空白模板（两者选一）")
    if args.template:
        return template(Path(args.template))
    return take(args)


def template(path: Path) -> int:
    from yifa.intake.workbook.template import write_template

    try:
        write_template(path)
    except OSError as error:
        raise Refused(f"{path}：写不出文件（{error.strerror}）") from error
    print(f"已写出空白模板：{path}", file=sys.stderr)
    return 0


def take(args: argparse.Namespace) -> int:
    from yifa.intake.workbook.actions import ChangedMeanwhile, NotAWorkbook, UnknownImporter, take_in
    from yifa.ledger.actions import Actor

    organ = organ_meant(args)
    actor = Actor(f"person:{args.staff_no}" if args.staff_no else "system:import", organ=organ.code)
    try:
        outcome = take_in(
            path=Path(args.book),
            organ=organ,
            actor=actor,
            staff_no=args.staff_no or "",
            dry_run=args.dry_run,
            progress=Bar(),
        )
    except (NotAWorkbook, UnknownImporter) as error:
        raise Refused(str(error)) from error
    except ChangedMeanwhile as error:
        raise Refused(str(error), code=1) from error
    if args.json:
        print(json.dumps(outcome.as_json(), ensure_ascii=False, indent=1))
    elif outcome.problems:
        print(*outcome.problem_lines(), sep="\n", file=sys.stderr)
    else:
        print(*outcome.summary_lines(), sep="\n")
    return outcome.exit_code


def organ_meant(args: argparse.Namespace) -> Organ:
    """The organ of `--organ`, or the only one; in an empty installation the one the pack describes, not saved yet."""
    from yifa.intake.workbook.actions import organ_to_found
    from yifa.registry.organs.models import Organ

    if Organ.objects.exists():
        return chosen_organ(args)
    territory = os.environ.get("YIFA_TERRITORY", TERRITORY)
    try:
        organ = organ_to_found(territory)
    except LookupError as error:
        raise Refused(f"YIFA_TERRITORY：{error.args[0]}") from error
    if args.organ and args.organ != organ.code:
        raise Refused(
            f"--organ：还没有机关；首次导入只能建立 {organ.code}（由 YIFA_TERRITORY={territory} 决定）"
        )
    return organ


class Bar:
    """A progress bar on stderr; where that is not a terminal, one line at the end."""

    def __init__(self) -> None:
        self.shown = -1

    def __call__(self, done: int, total: int) -> None:
        share = 100 * done // max(1, total)
        if share == self.shown or (done < total and not sys.stderr.isatty()):
            return
        self.shown = share
        filled = BAR * share // 100
        end = "\n" if done >= total else "\r"
        print(
            f"办案记录 [{'█' * filled}{'·' * (BAR - filled)}] {done}/{total}",
            end=end,
            file=sys.stderr,
            flush=True,
        )
