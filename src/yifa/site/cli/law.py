"""`yifa law text`, `law holidays`, `law diff`: taking in texts and days off, and what a change of the law touches."""

from __future__ import annotations

import argparse
import json
import tomllib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yifa.law.calendar.errors import BadNotice
from yifa.law.calendar.notice import Notice, from_csv, from_toml
from yifa.law.changes import Change, between_days, between_packs, with_file
from yifa.law.packs import Pack
from yifa.law.sources import UnreadableText, docx
from yifa.law.sources.text import StatuteText, date_in_name, read_text
from yifa.site.cli.errors import Refused
from yifa.site.cli.installation import chosen_organ, organ_option

if TYPE_CHECKING:
    from yifa.casework.cases.rechecking import Touched

HELP = "法律：载入法律文本（text）、放假通知（holidays），比较两个版本或者两天（diff）"
DATABASE = True
LIMIT = 32 * 1024 * 1024
KINDS = {"statute": "法律", "rule": "规则", "parameter": "参数", "matter": "事项", "holidays": "放假"}


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    text = what.add_parser("text", help="载入一部法律的官方文本（Markdown、TXT 或者 DOCX）")
    text.add_argument("file", metavar="FILE")
    text.add_argument("--edition", default="", metavar="KEY", help="文本没有写日期时，写明是哪一版")
    holidays = what.add_parser("holidays", help="载入一年的放假安排（TOML 或者 CSV），列出变动的期限")
    holidays.add_argument("file", metavar="FILE")
    holidays.add_argument("--source", default="", metavar="WORDS", help="通知的名称和文号（CSV 必填）")
    diff = what.add_parser("diff", help="两天之间，或者两个法律包文件之间有什么不同，涉及哪些案件")
    diff.add_argument("old", metavar="OLD")
    diff.add_argument("new", metavar="NEW")
    for one in (text, holidays, diff):
        organ_option(one)
        one.add_argument("--json", action="store_true", help="输出一个 JSON 对象")


def run(args: argparse.Namespace) -> int:
    return {"text": take_text, "holidays": take_holidays, "diff": compare}[args.what](args)


def read(name: str) -> bytes:
    """The bytes of a file. Raises Refused for what cannot be read or is too large."""
    path = Path(name)
    try:
        if path.stat().st_size > LIMIT:
            raise Refused(f"{name}：文件过大（超过{LIMIT // 1024 // 1024} MB）")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{name}：读不出文件（{error.strerror}）") from error


def decoded(name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{name}：不是 UTF-8 文本") from error


def statute_text(name: str, raw: bytes, edition: str) -> StatuteText:
    try:
        lines = docx.paragraphs(raw) if raw[:2] == b"PK" else decoded(name, raw).splitlines()
        return read_text(lines, edition, date_in_name(name))
    except UnreadableText as error:
        raise Refused(f"{name}：{error}") from error


def take_text(args: argparse.Namespace) -> int:
    from yifa.ledger.actions import Actor
    from yifa.registry.laws.actions import take_in_text
    from yifa.registry.laws.errors import EditionStands

    raw = read(args.file)
    text = statute_text(args.file, raw, args.edition)
    organ = chosen_organ(args)
    try:
        loaded, new = take_in_text(
            organ=organ, text=text, source=Path(args.file).name, raw=raw,
            actor=Actor("system:law", organ=organ.code),
        )  # fmt: skip
    except EditionStands as error:
        raise Refused(f"{args.file}：{error}") from error
    if args.json:
        print(
            json.dumps(
                {
                    "statute": loaded.statute,
                    "edition": loaded.edition,
                    "articles": len(text.articles),
                    "new": new,
                }
            )
        )
    else:
        print(
            f"{loaded.title}（{loaded.edition}版），{len(text.articles)}条：{'已载入' if new else '早已载入，没有变化'}"
        )
    return 0


def notice_in(name: str, raw: bytes, source: str) -> Notice:
    text = decoded(name, raw)
    try:
        return from_csv(text, source) if name.lower().endswith(".csv") else from_toml(text, source)
    except BadNotice as error:
        raise Refused(f"{name}：{error}") from error


def take_holidays(args: argparse.Namespace) -> int:
    from yifa.casework.cases.rechecking import touched_by
    from yifa.ledger.actions import Actor
    from yifa.ledger.clock import now
    from yifa.registry.laws.actions import Move, take_in_holidays
    from yifa.registry.laws.queries import law_of

    notice = notice_in(args.file, read(args.file), args.source)
    organ = chosen_organ(args)
    old = law_of(organ.code, organ.territory)
    new = old.with_year(str(notice.year), notice.table())
    touched = [one for one in touched_by(organ.code, old, new, now()) if one.open and one.moves]
    moves = [Move(one.case_no, m.rule, m.place, m.old_due, m.new_due) for one in touched for m in one.moves]
    _, fresh = take_in_holidays(
        organ=organ, notice=notice, moves=moves, actor=Actor("system:law", organ=organ.code)
    )
    shown = moves if fresh else []
    if args.json:
        answer = {
            "year": notice.year,
            "source": notice.source,
            "new": fresh,
            "moved": [asdict(one) for one in shown],
        }
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print(f"{notice.year}年放假安排（{notice.source}）：{'已载入' if fresh else '早已载入，没有变化'}")
    for one in shown:
        print(f"案件 {one.case_no} {one.rule}：{one.old_due} → {one.new_due}，待确认")
    print(f"变动的期限 {len(shown)} 个" + ("，请在 /desk/laws/holidays/ 逐一确认" if shown else ""))
    return 0


def compare(args: argparse.Namespace) -> int:
    from yifa.casework.cases.rechecking import straddling, touched_by
    from yifa.ledger.clock import now
    from yifa.registry.laws.queries import law_of

    organ = chosen_organ(args)
    law = law_of(organ.code, organ.territory)
    old, new = (_side(name, law) for name in (args.old, args.new))
    if isinstance(old, date) and isinstance(new, date):
        if new < old:
            raise Refused(f"{args.old} 晚于 {args.new}：请先写早的一天")
        changes = between_days(law, old, new)
        touched = list(straddling(organ.code, new)) if changes else []
    elif isinstance(old, Pack) and isinstance(new, Pack):
        changes = between_packs(old, new)
        touched = list(touched_by(organ.code, old, new, now())) if changes else []
    else:
        raise Refused("OLD 和 NEW 须都是日期（2021-07-14），或者都是法律包文件（TOML）")
    show(changes, touched, as_json=args.json)
    return 0


def _side(name: str, law: Pack) -> date | Pack:
    try:
        return date.fromisoformat(name)
    except ValueError:
        pass
    try:
        return with_file(law, tomllib.loads(decoded(name, read(name))))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(
            f"{name}：不是法律包文件：{str(error).splitlines()[0] if str(error) else '读不懂'}"
        ) from error


def show(changes: list[Change], touched: list[Touched], *, as_json: bool) -> None:
    if as_json:
        answer: dict[str, Any] = {
            "changes": [asdict(one) for one in changes], "cases": [asdict(one) for one in touched],
        }  # fmt: skip
        print(json.dumps(answer, ensure_ascii=False))
        return
    for one in changes:
        source = f"（{one.source}）" if one.source else ""
        print(f"{KINDS[one.kind]} {one.name} {one.title}：{one.before} → {one.after}{source}")
    running = sum(one.open for one in touched)
    print(f"不同之处 {len(changes)} 处；涉及在办案件 {running} 件，已办结案件 {len(touched) - running} 件")
    for case in touched:
        parts = [f"{m.rule} {m.old_due} → {m.new_due}" for m in case.moves]
        parts += [f"新增问题 {rule}" for rule in case.appears] + [f"不再有问题 {rule}" for rule in case.goes]
        print(
            f"{'在办' if case.open else '已结'} {case.case_no} {case.number}"
            + ("：" + "；".join(parts) if parts else "")
        )
