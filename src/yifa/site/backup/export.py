"""The whole installation in files that can be read without Yifa: record files, registers as CSV, the log, the verifier."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import assemble
from yifa.ledger.publishing import log_files
from yifa.ledger.rows import snapshot
from yifa.ledger.succession import KINDS, generations
from yifa.listing.exports import csv_lines
from yifa.listing.registry import all_pages
from yifa.proof import verify
from yifa.registry.organs.models import Organ
from yifa.registry.people.queries import staff_of
from yifa.site.backup.files import evidence, said

CHUNK = 500
READ_ME = """依法：全部数据的导出
====================

这个文件夹不需要本系统就能阅读。

cases/<编号>.json      每个案件一个文件（格式 yifa-record/1，UTF-8 的 JSON）：当事人、违法事实、全部办案记录
registers/<名单>.csv   每个登记簿一个表格（UTF-8，首行为列名），末列为记录键
evidence/<编号>/        每个案件的证据文件，文件名前是它在案件中的序号；evidence.csv 列明大小和 SHA-256
log/case/              日志：checkpoint 为签名的日志头，tile/ 为哈希，entries.jsonl 每行一条日志原文
log/case/sm3/          同一日志的 SM3 树
log/access/            查阅记录的日志，文件同上：谁在何时查看、下载了什么（只有编号，没有姓名和内容）
yifa-verify.py         独立核验程序，只用 Python 标准库；用法：
                       python3 yifa-verify.py log log/case --key 公钥
                       yifa-verify.html       同样的核验，用浏览器打开，不联网
                       公钥请从公示或见证方取得，不要用本文件夹里的

机关：{organs}
案件 {cases} 件，登记簿 {registers} 个，证据文件 {files} 个，日志 {entries} 条，查阅记录 {seen} 条。
{lost}
案件文件含个人信息，请按保密要求保管。
"""


@dataclass(frozen=True)
class Exported:
    """Numbers of what was written."""

    cases: int
    registers: int
    entries: int
    files: int = 0
    lost: tuple[str, ...] = ()


def export(folder: Path, organs: Iterable[Organ], progress: Callable[[str, int], None]) -> Exported:
    """Write everything below `folder`, which is new or empty. Raises OSError, SigningRefused; then it is not complete."""
    organs = list(organs)
    with snapshot():
        cases = sum(_cases(folder, organ, progress) for organ in organs)
        registers = sum(_registers(folder, organ, several=len(organs) > 1) for organ in organs)
    files, lost = evidence(folder, organs, progress)
    entries, seen = (_logs(folder / "log", kind, progress) for kind in KINDS)
    for kind in (".py", ".html"):
        shutil.copyfile(Path(verify.__file__).with_suffix(kind), folder / f"yifa-verify{kind}")
    names = "、".join(organ.name for organ in organs)
    text = READ_ME.format(
        organs=names,
        cases=cases,
        registers=registers,
        entries=entries,
        files=files,
        lost=said(lost),
        seen=seen,
    )
    (folder / "README.txt").write_text(text, encoding="utf-8")
    return Exported(cases, registers, entries, files, lost)


def _logs(folder: Path, kind: str, progress: Callable[[str, int], None]) -> int:
    """Every log of a kind, the frozen ones first; entries of the one written now."""
    sizes = [log_files(folder, lambda done: progress("log", done), log=log) for log in generations(kind)]
    return sizes[-1]


def _cases(folder: Path, organ: Organ, progress: Callable[[str, int], None]) -> int:
    """A record file a case, five hundred cases read at a time."""
    target = folder / "cases"
    target.mkdir(parents=True, exist_ok=True)
    staff, count, last = staff_of(organ.code), 0, ""
    while True:
        rows = Case.objects.filter(organ=organ, no__gt=last).select_related("organ").prefetch_related("acts")
        chunk = list(rows.order_by("no")[:CHUNK])
        for case in chunk:
            record = assemble(case, case.acts.all(), staff)[1]
            path = target / f"{case.no}.json"
            path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        count += len(chunk)
        progress("cases", count)
        if len(chunk) < CHUNK:
            return count
        last = chunk[-1].no


def _registers(folder: Path, organ: Organ, *, several: bool) -> int:
    target = folder / "registers" / (organ.code if several else "")
    target.mkdir(parents=True, exist_ok=True)
    for page in all_pages():
        with (target / f"{page.slug}.csv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(page, page.ask(organ.code, {})))
    return len(all_pages())
