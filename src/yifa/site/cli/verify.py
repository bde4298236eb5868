"""`yifa verify log` and `verify state`: does what is stored agree with the log, and the log with its trees?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote

from yifa.site.cli.errors import Refused
from yifa.site.cli.installation import organ_option

if TYPE_CHECKING:
    from yifa.ledger.checkpoints import SignedHead
    from yifa.ledger.verify import Fault, Verification

HELP = (
    "核验：日志、两棵哈希树与库中记录是否一致（log 只比案件与办案记录，state 比全部台账，files 比证据文件）"
)
DATABASE = True
SHOWN = 100
NOW = ("log", "state", "files", "bundle", "report", "draw", "document")
FILES = {"bundle": "证明包", "report": "用 yifa report --keys 生成的年度报告", "draw": "抽取记录"}
LATER: tuple[str, ...] = ()
OF_ACCESS = "查阅记录的日志 "

TABLE_NAMES = {
    "organ": "机关",
    "person": "人员",
    "campaign": "专项行动",
    "handover": "移交",
    "draw": "双随机",
    "inspection": "检查",
    "recording": "执法记录",
    "recording_link": "执法记录与办案记录的关联",
    "case": "案件",
    "act": "办案记录",
    "proposal": "送审",
    "proposal_step": "送审经过",
    "deliberation": "集体讨论提请",
    "vote": "表决",
    "supervised_handling": "督办",
    "supervised_step": "督办经过",
    "hearing": "听证",
    "hearing_line": "听证笔录",
    "hearing_signature": "听证笔录签名",
    "review_round": "法制审核",
    "review_point": "法制审核事项",
    "committee_meeting": "案审委员会会议",
    "committee_item": "案审委员会议程",
    "committee_recusal": "案审委员会回避",
    "committee_attendance": "案审委员会签到",
    "minutes_signature": "会议纪要签字",
    "instrument": "文书",
    "instalment": "分期缴纳",
    "instrument_approval": "文书的审批",
    "instrument_correction": "文书的更正",
    "instrument_number": "文号",
    "template_edition": "文书模板",
    "evidence_file": "证据文件",
    "custody_entry": "证据保管链",
    "evidence_mark": "录像标记",
    "evidence_upload": "上传中的证据文件",
    "dossier": "封存的案卷",
    "paper_dossier": "补录的纸质案卷",
    "delivery": "送达",
    "bank_payment": "银行缴款",
    "held_item": "清单物品",
    "dispute": "复议诉讼",
    "posting": "公示报送",
    "disclosure_item": "公开事项",
    "meeting": "会议履职",
    "legal_review": "法律审查",
    "training": "培训",
    "outreach": "普法",
    "rule_document": "制度文件",
    "law_text": "法律文本",
    "law_edition": "参数与放假安排的版本",
    "moved_deadline": "变动的期限",
    "account": "账号",
    "erasure_request": "删除个人信息的申请",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=(*NOW, *LATER), help="核验什么")
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="bundle、report、draw、document 的文件；log 和 state 不需要"
    )
    organ_option(parser)
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")


def run(args: argparse.Namespace) -> int:
    from django.db import DatabaseError

    from yifa.ledger.verify import TABLES, every_table

    if args.what not in NOW:
        raise Refused(f"verify {args.what}：本版还不能核验，现有 {'、'.join(NOW)}")
    if args.what in FILES:
        return _stand_alone(args)
    if args.what == "document":
        from yifa.site.cli.verify_document import verify_document

        return verify_document(args.file, as_json=args.json)
    if args.what == "files" and not args.file:
        from yifa.site.cli.verify_files import verify_files

        return verify_files(_organ_code(args), as_json=args.json)
    if args.file:
        raise Refused(f"verify {args.what}：不需要文件，请去掉 {args.file}")
    tables = TABLES if args.what == "log" else every_table()
    results, found = everything(organ=_organ_code(args), tables=tables)
    faults, total = [], 0
    try:
        for fault in found:
            total += 1
            if total <= SHOWN:
                faults.append(fault)
    except DatabaseError as error:
        raise Refused(f"verify {args.what}：数据库读不出来：{str(error).splitlines()[0]}") from error
    if not total and args.what == "state" and not args.organ:
        _write_again()
    if args.json:
        _print_json(results, faults, total)
    else:
        _print_text(results, faults, total)
    return 1 if total else 0


def _stand_alone(args: argparse.Namespace) -> int:
    """A file against the key of this installation; others take `yifa-verify.py bundle FILE --key KEY`."""
    from pathlib import Path

    from yifa.ledger.checkpoints import SigningRefused
    from yifa.ledger.rotation import key_for
    from yifa.proof import verify

    if not args.file:
        raise Refused(f"verify {args.what}：请给出{FILES[args.what]}文件")
    more = ["--json"] if args.json else []
    if args.what == "draw":
        return verify.main(["draw", args.file, *more])
    try:
        key = key_for(Path(args.file).read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise Refused(f"{args.file}：读不出来（{error.strerror}）") from error
    except SigningRefused as refused:
        raise Refused(f"verify {args.what}：{refused}") from refused
    return verify.main([args.what, args.file, "--key", key, *more])


def everything(
    *, organ: str, tables: tuple[str, ...], told: Callable[[int], None] | None = None
) -> tuple[list[Verification], Iterator[Fault]]:
    """Both logs: the verifications, which fill as their faults are consumed, the log of the cases first."""
    from yifa.ledger.succession import KINDS, current
    from yifa.ledger.verify import Verification, every_table

    heard = {"told": told} if told else {}
    of_cases, of_access = (current(kind) for kind in KINDS)
    results = [
        Verification(log=of_cases, organ=organ, tables=tables, beside=tables == every_table(), **heard),
        Verification(log=of_access, tables=(), **heard),
    ]
    return results, chain.from_iterable(_faults(one) for one in results)


def _faults(result: Verification) -> Iterator[Fault]:
    result.signed, damaged = signed_last(result.log)
    for fault in chain(damaged, result.faults()):
        yield replace(fault, log=result.log)


def signed_last(log: str = "case") -> tuple[SignedHead | None, list[Fault]]:
    """The head signed last; where it cannot be believed, the fault that says so."""
    from yifa.ledger.checkpoints import SigningRefused, last_signed
    from yifa.ledger.verify import Fault

    try:
        return last_signed(log), []
    except SigningRefused as refused:
        return None, [Fault("signed_head", str(refused))]


def _write_again() -> None:
    """Everything agrees: what an earlier check found is mended, and writing goes on."""
    from yifa.ledger import mode

    if mode.reason():
        mode.set_reason("")
        print("只读已解除：全部核验通过，恢复写入", file=sys.stderr)


def _organ_code(args: argparse.Namespace) -> str:
    """Empty means all organs: the log is one, and rows of every organ are checked."""
    from yifa.site.cli.installation import chosen_organ

    return chosen_organ(args).code if args.organ else ""


def place(fault: Fault) -> str:
    """`第 1234 条：案件 2021-0007 第 5 步〈询问笔录〉`, as much of it as is known."""
    from yifa.law.labels import labels

    table, _, key = fault.row.partition(":")
    # a row name is percent-encoded in the log; people read the key as it is written
    key = unquote(key)
    of_access = [OF_ACCESS] if fault.log.startswith("access") else []
    parts = of_access if fault.idx is None else [*of_access, f"第 {fault.idx} 条："]
    if table == "act":
        case_no, _, step = key.rpartition("/")
        kind = labels("event_kind").get(fault.kind, fault.kind)
        parts.append(f"案件 {case_no} 第 {step} 步" + (f"〈{kind}〉" if kind else ""))
    elif table == "case":
        parts.append(f"案件 {key}")
    elif fault.row:
        parts.append(f"{TABLE_NAMES.get(table, table)} {key}")
    return "".join(parts)


def sentence(fault: Fault) -> str:
    columns = f"（列 {'、'.join(fault.columns)}）" if fault.columns else ""
    where = place(fault)
    return f"{where}{'' if where.endswith('：') or not where else ' '}{fault.message}{columns}"


def _print_text(results: list[Verification], faults: list[Fault], total: int) -> None:
    for fault in faults:
        print(sentence(fault))
    if total > len(faults):
        print(f"还有 {total - len(faults)} 处，未列出")
    for result in results:
        rows = "，".join(f"{TABLE_NAMES.get(table, table)} {count}" for table, count in result.rows.items())
        print(f"日志 {result.log}：{result.events} 条" + (f"；{rows}" if rows else ""))
        if result.signed:
            print(f"最后一次签名的日志头：{result.signed.size} 条，{result.signed.signed_at}")
        print(f"树根 SHA-256 {result.root_sha256}")
        print(f"树根 SM3     {result.root_sm3}")
    print(f"核验不通过：{total} 处不一致" if total else "核验通过：日志、两棵树与每一行记录一致")
    sys.stdout.flush()


def _described(result: Verification) -> dict[str, object]:
    return {
        "log": result.log,
        "events": result.events,
        "root_sha256": result.root_sha256,
        "root_sm3": result.root_sm3,
        "signed_size": result.signed.size if result.signed else None,
    }


def _print_json(results: list[Verification], faults: list[Fault], total: int) -> None:
    of_cases, of_access = results
    body = {
        "ok": not total,
        **_described(of_cases),
        "rows": of_cases.rows,
        "access": _described(of_access),
        "fault_count": total,
        "faults": [
            {**asdict(fault), "columns": list(fault.columns), "text": sentence(fault)} for fault in faults
        ],
    }
    print(json.dumps(body, ensure_ascii=False))
