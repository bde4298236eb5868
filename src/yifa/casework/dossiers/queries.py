"""Reading dossiers: contents, gaps, retention and seal of a case; paper dossiers of an organ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import archiving_among, assemble, get_case
from yifa.casework.dossiers.contents import COVER, Entry, arranged, page_total
from yifa.casework.dossiers.files import KeptFile, files_of, register_files
from yifa.casework.dossiers.models import PaperDossier, SealedDossier
from yifa.casework.instruments.models import ISSUED, SEALED, Instrument, InstrumentFile
from yifa.law.dossier import Gap, Retention, missing, retention
from yifa.law.evaluation import LOST, Evaluation, Reason, evaluate
from yifa.registry.laws.queries import read_record
from yifa.registry.people.queries import staff_of

__all__ = ["Dossier", "dossier_of", "paper_dossier", "register_files", "sealed_dossiers"]


@dataclass(frozen=True)
class Dossier:
    """The dossier of a case as it stands. `drafts`: papers not sealed, which do not belong in it.

    `faults`: what the evaluation holds against the acts (by act, None: the running case). `archived`: the act, or None.
    """

    case: Case
    acts: list[Act]
    record: dict[str, Any]
    entries: list[Entry]
    papers: dict[str, tuple[Instrument, bytes]]
    files: list[KeptFile]
    drafts: list[Instrument]
    gaps: list[Gap]
    faults: list[Reason]
    retention: Retention
    archived: Act | None
    sealed: SealedDossier | None

    @property
    def pages(self) -> int:
        return page_total(self.entries)

    @property
    def without_pages(self) -> int:
        return sum(entry.first is None for entry in self.entries)


def dossier_of(organ_code: str, case_no: str, at: datetime) -> Dossier:
    """Raises UnknownCase."""
    case = get_case(organ_code, case_no)
    ordered, raw = assemble(case, case.acts.all(), staff_of(organ_code))
    record, files = read_record(raw), files_of(case)
    papers = list(Instrument.objects.filter(case=case).order_by("serial").defer("text"))
    sealed = [paper for paper in papers if paper.state in SEALED and paper.form != COVER]
    pdfs = dict(InstrumentFile.objects.filter(instrument__in=sealed).values_list("instrument_id", "pdf"))
    found = {paper.no: (paper, bytes(pdfs[paper.no])) for paper in sealed}
    standing = [paper.form for paper in sealed if paper.state == ISSUED]
    archived = archiving_among(ordered)
    return Dossier(
        case=case, acts=ordered, record=raw, papers=found, files=files,
        entries=arranged(found.values(), files),
        drafts=[paper for paper in papers if paper.state not in SEALED],
        gaps=missing(record, standing, {file.evidence_id for file in files}),
        faults=faults_of(evaluate(record, at)) if ordered else [],
        retention=retention(record, at), archived=archived, sealed=seal_of(case, archived),
    )  # fmt: skip


def faults_of(found: Evaluation) -> list[Reason]:
    lines = [*found.vetoes, *(line for part in found.parts for line in part.lines)]
    return [reason for line in lines if line.state == LOST for reason in line.reasons]


def seal_of(case: Case, archived: Act | None) -> SealedDossier | None:
    if archived is None:
        return None
    return SealedDossier.objects.filter(case=case, archived_seq=archived.seq).first()


def sealed_dossiers(case: Case) -> list[SealedDossier]:
    """Every seal of a case: one for each time it was archived, the newest first."""
    return list(SealedDossier.objects.filter(case=case).order_by("-archived_seq"))


def paper_dossier(organ_code: str, no: str) -> PaperDossier | None:
    """None where this organ has no such paper dossier."""
    return PaperDossier.objects.select_related("organ").filter(organ_id=organ_code, no=no).first()
