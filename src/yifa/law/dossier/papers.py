"""Which papers, files and signatures the acts of a record call for, which are not there, and what blocks archiving. APL art. 47."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from yifa.law.events import KINDS
from yifa.law.labels import form, label
from yifa.law.record.model import Event, Record


@dataclass(frozen=True)
class Need:
    form: str
    acts: frozenset[str]
    where: Mapping[str, Any]
    procedure: str
    each: bool
    article: str

    def due(self, record: Record) -> list[Event]:
        """The acts of the record that call for this paper."""
        if self.procedure and record.procedure != self.procedure:
            return []
        return [
            event
            for event in record.events
            if event.kind in self.acts
            and all(_fits(event.get(key), value) for key, value in self.where.items())
        ]


def _fits(said: Any, wanted: Any) -> bool:
    """`wanted` is one value, or a list of which it may be any."""
    return said in wanted if isinstance(wanted, list) else bool(said == wanted)


@dataclass(frozen=True)
class Gap:
    """What the dossier lacks: `form` is empty for evidence without a file and for a transcript without a signature.

    `event`: the act it stands on; `blocks`: it stands in the way of archiving."""

    form: str
    event: int
    message: str
    remedy: str
    article: str
    blocks: bool = True


@dataclass(frozen=True)
class Transcript:
    """An act whose `key` says `value` where its transcript was not signed."""

    act: str
    key: str
    value: Any
    article: str


@dataclass(frozen=True)
class GapRules:
    """gaps.toml. `kept_as`: kind of evidence → forms that are its file."""

    check: str
    waived_by: frozenset[str]
    not_blocking: frozenset[str]
    transcripts: tuple[Transcript, ...]
    kept_as: Mapping[str, tuple[str, ...]]


@cache
def gap_rules() -> GapRules:
    """Raises KeyError, ValueError on a form, act or kind of evidence that does not exist."""
    told = tomllib.loads(Path(__file__).with_name("gaps.toml").read_text(encoding="utf-8"))
    found = GapRules(
        told["check"], frozenset(told["waived_by"]), frozenset(told["not_blocking"]),
        tuple(Transcript(**row) for row in told["transcript"]),
        {row["evidence"]: tuple(row["forms"]) for row in told["kept_as"]},
    )  # fmt: skip
    for name in (*found.not_blocking, *(one for forms in found.kept_as.values() for one in forms)):
        form(name)
    for kind in found.kept_as:
        label("evidence_kind", kind)
    if any(one.key not in KINDS[one.act].keys for one in found.transcripts):
        raise ValueError("gaps.toml: an act has no such key")
    return found


@cache
def needs() -> tuple[Need, ...]:
    """The table. Raises ValueError, KeyError on an act or form that does not exist."""
    rows = tomllib.loads(Path(__file__).with_name("papers.toml").read_text(encoding="utf-8"))["need"]
    for row in rows:
        form(row["form"])
        if not set(row["acts"]) <= KINDS.keys():
            raise ValueError(f"papers.toml: {row['form']}: unknown act")
    return tuple(
        Need(
            row["form"], frozenset(row["acts"]), row.get("where", {}), row.get("procedure", ""),
            row.get("each", False), row["article"],
        )
        for row in rows
    )  # fmt: skip


def missing(record: Record, papers: Iterable[str], evidence: Collection[str] | None = None) -> list[Gap]:
    """Papers called for and not among `papers` (form ids, one for each paper sealed); by the order of the acts.

    `evidence`: ids of the pieces of evidence that have a file; None where files are not known.
    """
    there = Counter(papers)
    found = [gap for need in needs() for gap in _lacking(need, record, there[need.form])]
    found += _unsigned(record)
    if evidence is not None:
        found += _without_file(record, evidence, there)
    return sorted(found, key=lambda gap: gap.event)


def _lacking(need: Need, record: Record, there: int) -> Iterator[Gap]:
    due = need.due(record)
    wanted = due if need.each else due[:1]
    for event in wanted[there:]:
        name = form(need.form).name
        yield Gap(
            need.form, event.index, f"{event.day.isoformat()}“{KINDS[event.kind].label}”没有《{name}》",
            f"制作《{name}》并用印；已有纸质件的，扫描后作为证据材料归入案卷", need.article,
            need.form not in gap_rules().not_blocking,
        )  # fmt: skip


def _unsigned(record: Record) -> Iterator[Gap]:
    for one in gap_rules().transcripts:
        for event in record.events:
            if event.kind == one.act and event.get(one.key) == one.value:
                yield Gap(
                    "", event.index, f"{event.day.isoformat()}“{KINDS[one.act].label}”的笔录没有签名",
                    "请当事人补签；拒绝签名的，由见证人或者两名执法人员注明，扫描后作为证据材料归入案卷，并在备注写明",
                    one.article,
                )  # fmt: skip


def _without_file(record: Record, evidence: Collection[str], there: Mapping[str, int]) -> Iterator[Gap]:
    for event in record.events:
        if event.kind != "evidence_added" or str(event.data["id"]) in evidence:
            continue
        kind = event.data["evidence_kind"]
        if any(there.get(name) for name in gap_rules().kept_as.get(kind, ())):
            continue
        yield Gap(
            "", event.index, f"证据 {event.data['id']}（{label('evidence_kind', kind)}）没有文件",
            "在证据页上传原件、照片或者扫描件", "行政处罚法第四十六条",
        )  # fmt: skip


def blocking(gaps: Iterable[Gap]) -> list[Gap]:
    """The gaps with which a case is archived only for a reason that is written down."""
    return [gap for gap in gaps if gap.blocks]
