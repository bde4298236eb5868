"""A pack (材料包) of a case as one ZIP, made while it is sent: for reconsideration and suit, or for the court.

Index with the SHA-256 of every file, papers as sealed, evidence, the record file, the proof bundle.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import acts_of, record_dict
from yifa.casework.evidence.queries import files_of
from yifa.casework.execution.queries import asked
from yifa.casework.instruments.models import ISSUED, Instrument, InstrumentFile
from yifa.law.events import KINDS
from yifa.law.execution.papers import COURT_MATERIALS, OWED, WAIVER, waiver
from yifa.law.facts import day_text
from yifa.law.labels import label
from yifa.ledger.bundle import bundle
from yifa.ledger.clock import SHANGHAI
from yifa.listing.exports import BOM, Line, neutral

DISPUTE, COURT = "dispute", "court"
TITLES = {DISPUTE: gettext_noop("复议诉讼证据材料"), COURT: gettext_noop("申请法院强制执行材料")}
PIECE = 1 << 16
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Entry:
    """One file of the pack; `read` gives its bytes in pieces when it is its turn."""

    name: str
    read: Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class Pack:
    """Everything of a pack before it is sent; `missing`: what art. 55 asks for and the case has not."""

    case: Case
    kind: str
    at: datetime
    entries: list[Entry]
    missing: list[str]

    @property
    def file_name(self) -> str:
        return f"{self.case.no}-{self.kind}.zip"


def pack_of(case: Case, kind: str, at: datetime) -> Pack:
    """The pack; the proof bundle is made now. Raises SigningRefused, KeyError for no such kind."""
    if kind not in TITLES:
        raise KeyError(kind)
    acts = acts_of(case)
    papers = list(Instrument.objects.filter(case=case, state=ISSUED).order_by("serial").defer("text"))
    told: dict[str, str] = {}
    missing: list[str] = []
    if kind == COURT:
        papers, told, missing = for_the_court(papers, told_by_record(case, acts))
    proofs = json.dumps(bundle(f"case:{case.no}", [case, *acts]), ensure_ascii=False, indent=1).encode()
    record = json.dumps(record_dict(case.no), ensure_ascii=False, indent=1).encode()
    entries = [
        *(
            Entry(f"文书/{n:02d}-{safe(paper.definition.name)}-{paper.no}.pdf", sealed(paper))
            for n, paper in enumerate(papers, 1)
        ),
        *(Entry(f"文书/{safe(title)}.txt", at_once((BOM + words).encode())) for title, words in told.items()),
        Entry("证据/证据目录.csv", at_once(evidence_list(acts))),
        *evidence_files(case),
        Entry("办案经过.csv", at_once(course(acts))),
        Entry("记录/record.json", at_once(record)),
        Entry("存证/bundle.json", at_once(proofs)),
    ]
    return Pack(case, kind, at, entries, missing)


def told_by_record(case: Case, acts: list[Act]) -> dict[str, str]:
    """What the record tells in place of a paper (`law.execution.papers.TOLD`), empty where it does not."""
    at = waiver([act.kind for act in acts])
    waived = ""
    if at is not None:
        day = day_text(acts[at].at.astimezone(SHANGHAI).date())
        waived = f"当事人于{day}明确放弃陈述、申辩（办案记录第{acts[at].seq}条）。"
    return {WAIVER: waived, OWED: asked(case)}


def for_the_court(
    papers: list[Instrument], told: dict[str, str]
) -> tuple[list[Instrument], dict[str, str], list[str]]:
    """The papers art. 55 asks for in its order, then the others; by title what the record tells instead; what is missing."""
    chosen: list[Instrument] = []
    instead: dict[str, str] = {}
    missing = []
    for material in COURT_MATERIALS:
        found = [paper for paper in papers if paper.form in material.forms]
        chosen += [paper for paper in found if paper not in chosen]
        if not found and told.get(material.told):
            instead[material.title] = told[material.told]
        elif not found:
            missing.append(material.title)
    return chosen + [paper for paper in papers if paper not in chosen], instead, missing


def safe(name: str) -> str:
    """A file name every system takes."""
    return UNSAFE.sub("_", name).strip(". ")[:80] or "文件"


def at_once(body: bytes) -> Callable[[], Iterable[bytes]]:
    return lambda: (body,)


def sealed(paper: Instrument) -> Callable[[], Iterable[bytes]]:
    """The PDF as it was hashed when the paper was sealed."""
    return lambda: (bytes(InstrumentFile.objects.values_list("pdf", flat=True).get(instrument=paper)),)


def evidence_files(case: Case) -> Iterator[Entry]:
    """The files of the evidence as they came; what was derived from them is not original. Raises FileGone."""
    for one in files_of(case):
        if not one.derived:
            # before anything is sent: a ZIP that breaks off half way says nothing of the reason
            one.open().close()
            yield Entry(f"证据/{one.serial:03d}-{safe(one.evidence)}-{safe(one.name)}", pieces(one.open))


def pieces(opened: Callable[[], Any]) -> Callable[[], Iterable[bytes]]:
    def read() -> Iterator[bytes]:
        with opened() as file:
            while piece := file.read(PIECE):
                yield piece

    return read


def evidence_list(acts: Iterable[Act]) -> bytes:
    rows = [("编号", "种类", "证明对象", "取得日期", "查证属实", "来源合法")]
    rows += [
        (
            str(one.data["id"]), label("evidence_kind", one.data["evidence_kind"]), "、".join(one.data.get("proves", [])), day(one),
            yes(one.data.get("verified")), yes(one.data.get("lawful_source")),
        )
        for one in acts if one.kind == "evidence_added"
    ]  # fmt: skip
    return table(rows)


def course(acts: Iterable[Act]) -> bytes:
    rows = [
        ("序号", "日期", "环节", "补录"),
        *((str(one.seq), day(one), KINDS[one.kind].label, yes(one.entered_late)) for one in acts),
    ]
    return table(rows)


def yes(value: object) -> str:
    return "是" if value else "否"


def day(act: Act) -> str:
    return act.at.astimezone(SHANGHAI).date().isoformat()


def table(rows: Iterable[tuple[str, ...]]) -> bytes:
    writer = csv.writer(Line())
    return (BOM + "".join(writer.writerow([neutral(cell) for cell in row]) for row in rows)).encode()


class Sink(io.RawIOBase):
    """Takes what the ZIP writes and hands it on; nothing can be gone back to."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.waiting.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        whole, self.waiting = b"".join(self.waiting), []
        return whole


def streamed(pack: Pack) -> Iterator[bytes]:
    """The ZIP in pieces, the index last: it has the hash of every file before it."""
    sink = Sink()
    told: list[tuple[str, str, str]] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in pack.entries:
            digest, size = hashlib.sha256(), 0
            with archive.open(named(entry.name, pack.at), "w", force_zip64=True) as out:
                for piece in entry.read():
                    out.write(piece)
                    digest.update(piece)
                    size += len(piece)
                    yield sink.taken()
            told.append((entry.name, str(size), digest.hexdigest()))
            yield sink.taken()
        archive.writestr(named("目录.txt", pack.at), index(pack, told))
    yield sink.taken()


def named(name: str, at: datetime) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, at.astimezone(SHANGHAI).timetuple()[:6])
    found.compress_type = zipfile.ZIP_DEFLATED
    return found


def index(pack: Pack, told: list[tuple[str, str, str]]) -> str:
    lines = [
        f"{TITLES[pack.kind]}　{pack.case.number}（{pack.case.no}）", f"当事人：{pack.case.party_name}",
        f"生成时间：{pack.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", "",
        *(f"还缺：{one}" for one in pack.missing), *([""] if pack.missing else []),
        "文件　大小（字节）　SHA-256",
        *("　".join(row) for row in told), "",
        "存证/bundle.json 可以用独立核验工具 yifa-verify.py bundle 核对，不需要信任本机关的系统。", "",
    ]  # fmt: skip
    return BOM + "\r\n".join(lines)
