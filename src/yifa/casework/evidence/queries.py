"""Reading evidence: the items of a case with their files, the facts they prove, the files as other rooms need them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from math import inf
from typing import BinaryIO

from django.db.models import QuerySet

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import acts_of
from yifa.casework.evidence.errors import UnknownEvidence
from yifa.casework.evidence.models import CHECKED, DERIVED, CustodyEntry, EvidenceFile
from yifa.casework.evidence.store import store
from yifa.casework.process_record.models import RecordingLink
from yifa.fieldwork.recordings.models import Recording
from yifa.law.labels import label

KIND = "evidence_added"


@dataclass(frozen=True)
class StoredFile:
    """A file of a case. `open()` gives its bytes to read (close it); raises FileGone where the store has lost them."""

    serial: int
    evidence: str
    name: str
    media: str
    size: int
    sha256: str
    sm3: str
    derived: bool
    received_at: datetime
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class Item:
    """One item of evidence (证据): the act that added it, and its files in the order they came."""

    act: Act
    files: list[EvidenceFile] = field(default_factory=list)
    checked: frozenset[int] = frozenset()

    @property
    def seq(self) -> int:
        return self.act.seq

    @property
    def name(self) -> str:
        return self.act.data["id"]

    @property
    def kind(self) -> str:
        return self.act.data["evidence_kind"]

    @property
    def kind_words(self) -> str:
        return label("evidence_kind", self.kind)

    @property
    def proves(self) -> list[str]:
        return self.act.data.get("proves", [])

    @property
    def sound(self) -> bool:
        """Verified and of lawful source, as its act says; what that means for a decision the law judges."""
        return bool(self.act.data.get("verified") and self.act.data.get("lawful_source"))

    @property
    def unchecked(self) -> list[EvidenceFile]:
        """Files no second officer has compared yet."""
        return [one for one in self.files if one.pk not in self.checked]


@dataclass(frozen=True)
class Fact:
    """A fact to be proved and the evidence for it. `listed`: it is among the facts of the case."""

    words: str
    items: list[Item]
    listed: bool = True


def items_of(case: Case, acts: Sequence[Act] | None = None) -> list[Item]:
    """The evidence of a case in the order it was entered: two queries, three without `acts`."""
    found = [act for act in (acts_of(case) if acts is None else acts) if act.kind == KIND]
    files: dict[int, list[EvidenceFile]] = {}
    for file in EvidenceFile.objects.filter(case=case):
        files.setdefault(file.act_id, []).append(file)
    rows = CustodyEntry.objects.filter(case=case, kind=CHECKED)
    checked = frozenset(rows.values_list("file_id", flat=True)) if files else frozenset()
    return [Item(act, files.get(act.pk, []), checked) for act in sorted(found, key=lambda act: act.seq)]


def item_of(case: Case, seq: int) -> Item:
    """Raises UnknownEvidence."""
    for item in items_of(case):
        if item.seq == seq:
            return item
    raise UnknownEvidence(f"本案没有证据 {seq}")


def file_of(case: Case, seq: int, serial: int) -> EvidenceFile:
    """Raises UnknownEvidence; a file of another case or organ is as unknown as none."""
    found = EvidenceFile.objects.select_related("act", "case").filter(
        organ_id=case.organ_id, case=case, act__seq=seq, serial=serial
    )
    file = found.first()
    if file is None:
        raise UnknownEvidence(f"本案没有证据文件 {seq}/{serial}")
    return file


def facts_of(case: Case, items: Sequence[Item]) -> list[Fact]:
    """Every fact to be proved with its evidence, then what evidence proves beyond them."""
    listed = list(case.violation.get("facts", []))
    beyond = dict.fromkeys(fact for item in items for fact in item.proves if fact not in listed)
    return [
        Fact(words, [item for item in items if words in item.proves], words in listed)
        for words in [*listed, *beyond]
    ]


def files_of(case: Case) -> list[StoredFile]:
    """The files of a case in the order they came: for the dossier and whoever else binds them in. One query."""
    keeper = store()
    rows = EvidenceFile.objects.filter(case=case).select_related("act").order_by("serial")
    return [
        StoredFile(
            serial=one.serial, evidence=one.act.data["id"], name=one.name, media=one.media, size=one.size, sha256=one.sha256,
            sm3=one.sm3, derived=one.form == DERIVED, received_at=one.received_at, open=partial(keeper.open, one.sha256),
        )
        for one in rows
    ]  # fmt: skip


def custody_of(act: Act) -> list[CustodyEntry]:
    """The chain of custody of one item, oldest first."""
    return list(CustodyEntry.objects.filter(act=act).select_related("file").order_by("serial"))


def recordings_of(case: Case) -> list[Recording]:
    """Recordings from the docking station that an act of the case is tied to, or that name its number."""
    linked = RecordingLink.objects.filter(act__case=case).values("recording_id")
    return list(Recording.objects.filter(organ_id=case.organ_id, pk__in=linked).order_by("started_at"))


def all_stored() -> list[tuple[str, int]]:
    """(SHA-256, size) of every file any row refers to, each once: what a backup holds."""
    return list(EvidenceFile.objects.order_by("sha256").values_list("sha256", "size").distinct())


def every_file(organ_code: str = "") -> QuerySet[EvidenceFile]:
    """The rows of all files, of one organ or of every one, case by case."""
    rows = EvidenceFile.objects.filter(organ_id=organ_code) if organ_code else EvidenceFile.objects.all()
    return rows.order_by("case_id", "serial")


def orphans(before: float = inf) -> list[tuple[str, float]]:
    """(SHA-256, moment it was written) of bytes no row refers to, written before a moment; oldest first."""
    kept = sorted((one for one in store().kept() if one[1] < before), key=lambda one: one[1])
    known: set[str] = set()
    for start in range(0, len(kept), 500):
        part = [sha256 for sha256, _ in kept[start : start + 500]]
        known |= set(EvidenceFile.objects.filter(sha256__in=part).values_list("sha256", flat=True))
    return [one for one in kept if one[0] not in known]
