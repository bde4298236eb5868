"""Which papers the acts of a record call for, and which of them are not there. APL art. 47."""

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
    """What the dossier lacks: `form` is empty for evidence without a file. `event`: the act it stands on."""

    form: str
    event: int
    message: str
    remedy: str
    article: str


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
    if evidence is not None:
        found += _without_file(record, evidence)
    return sorted(found, key=lambda gap: gap.event)


def _lacking(need: Need, record: Record, there: int) -> Iterator[Gap]:
    due = need.due(record)
    wanted = due if need.each else due[:1]
    for event in wanted[there:]:
        name = form(need.form).name
        yield Gap(
            need.form, event.index, f"{event.day.isoformat()}“{KINDS[event.kind].label}”没有《{name}》",
            f"制作《{name}》并用印；已有纸质件的，扫描后作为证据材料归入案卷", need.article,
        )  # fmt: skip


def _without_file(record: Record, evidence: Collection[str]) -> Iterator[Gap]:
    for event in record.events:
        if event.kind == "evidence_added" and str(event.data["id"]) not in evidence:
            kind = label("evidence_kind", event.data["evidence_kind"])
            yield Gap(
                "", event.index, f"证据 {event.data['id']}（{kind}）没有文件", "在证据页上传原件、照片或者扫描件",
                "行政处罚法第四十六条",
            )  # fmt: skip
