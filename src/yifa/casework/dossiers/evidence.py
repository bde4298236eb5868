"""Evidence files of a case as the dossier binds them in, with the rows that vouch for each."""

from __future__ import annotations

from collections.abc import Iterator

from yifa.casework.cases.models import Case
from yifa.casework.dossiers.files import KeptFile
from yifa.casework.evidence.models import EvidenceFile
from yifa.casework.evidence.queries import files_of
from yifa.ledger.clock import SHANGHAI


def evidence_of(case: Case) -> Iterator[KeptFile]:
    """Every file of every item of evidence, in the order they came."""
    rows = {one.serial: one for one in EvidenceFile.objects.filter(case=case).select_related("act")}
    for file in files_of(case):
        row = rows[file.serial]
        yield KeptFile(
            source=f"evidence:{case.no}/{file.serial}", evidence_id=file.evidence,
            evidence_kind=row.act.data["evidence_kind"], name=file.name, media_type=file.media, size=file.size,
            sha256=file.sha256, opened=file.open, added_on=row.received_at.astimezone(SHANGHAI).date().isoformat(),
            rows=(row,),
        )  # fmt: skip
