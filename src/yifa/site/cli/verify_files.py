"""`yifa verify files`: every file of evidence read whole and hashed again; a missing or changed one is named."""

from __future__ import annotations

import json
import sys
from datetime import datetime

from yifa.ledger.clock import SHANGHAI


def verify_files(organ: str, *, as_json: bool) -> int:
    """0: all are as they were taken in; 1: those named are not."""
    from yifa.casework.evidence.errors import FileChanged, FileGone
    from yifa.casework.evidence.queries import every_file, orphans
    from yifa.casework.evidence.store import store

    faults: list[dict[str, object]] = []
    files = size = 0
    for file in every_file(organ).select_related("act").iterator(500):
        files, size = files + 1, size + file.size
        try:
            store().check(file.sha256)
        except (FileGone, FileChanged) as error:
            code = "missing" if isinstance(error, FileGone) else "changed"
            faults.append(
                {
                    "code": code,
                    "row": f"evidence_file:{file}",
                    "evidence": file.act.data["id"],
                    "sha256": file.sha256,
                }
            )
    loose = orphans()
    if as_json:
        told = [{"sha256": sha256, "written_at": _moment(written)} for sha256, written in loose]
        print(
            json.dumps({"files": files, "bytes": size, "faults": faults, "orphans": told}, ensure_ascii=False)
        )
    else:
        for sha256, written in loose:
            print(f"没有记录引用的文件，写入 {_moment(written)}，满七天后清除（SHA-256 {sha256}）")
        _print(files, size, faults)
    return 1 if faults else 0


def _moment(written: float) -> str:
    return datetime.fromtimestamp(written, SHANGHAI).isoformat(timespec="seconds")


def _print(files: int, size: int, faults: list[dict[str, object]]) -> None:
    words = {"missing": "存储中没有这个文件", "changed": "内容与入库时不一致"}
    for one in faults:
        case, _, serial = str(one["row"]).removeprefix("evidence_file:").rpartition("/")
        print(
            f"案件 {case} {one['evidence']} 第 {serial} 个文件：{words[str(one['code'])]}（SHA-256 {one['sha256']}）"
        )
    if faults:
        print(
            f"证据文件 {files} 个，{len(faults)} 个不一致。不要作为证据使用，请从备份中找回", file=sys.stderr
        )
    else:
        print(f"证据文件 {files} 个，{size:,} 字节，全部与入库时一致")
