"""Seal a dossier, take its package, enter one closed on paper: each with its ledger entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import archiving_among
from yifa.casework.dossiers.errors import FileAltered, NotArchived
from yifa.casework.dossiers.files import files_of
from yifa.casework.dossiers.models import PaperDossier, PaperScan, PaperSeries, SealedDossier, SealedFile
from yifa.casework.dossiers.packing import NOT_ARCHIVED, TAGS, Packed, bag_of, zipped
from yifa.casework.dossiers.queries import dossier_of
from yifa.casework.instruments.models import InstrumentFile
from yifa.ledger import clock
from yifa.ledger.actions import Actor, writing
from yifa.registry.organs.models import Organ


def seal(*, organ: str, case_no: str, at: datetime, by: str, actor: Actor) -> SealedDossier:
    """The dossier as archived, its files kept as they are now; sealing twice gives what was sealed first.

    Everything is typeset before the transaction. Raises UnknownCase, NotArchived, SigningRefused, InstrumentError.
    """
    found = dossier_of(organ, case_no, at)
    if found.sealed:
        return found.sealed
    files, head_size = bag_of(found)
    with writing() as unit:
        case = Case.objects.select_for_update(of=("self",)).get(no=case_no)
        archived = archiving_among(list(case.acts.order_by("at", "seq")))
        if archived is None or found.archived is None or archived.seq != found.archived.seq:
            raise NotArchived(NOT_ARCHIVED)
        before = SealedDossier.objects.filter(case=case, archived_seq=archived.seq).first()
        if before:
            return before
        made = SealedDossier(
            no=f"{case.no}-A{archived.seq:03d}", organ_id=case.organ_id, case=case, archived_seq=archived.seq, sealed_by=by,
            sealed_at=clock.now(), head_size=head_size, files=len(files),
            manifest_sha256=next(file.sha256 for file in files if file.path == TAGS),
        )  # fmt: skip
        unit.log(
            type="dossier_sealed",
            actor=actor,
            agency=case.organ_id,
            rows=[made],
            doc_hashes=[made.manifest_sha256],
        )
        made.save(force_insert=True)
        SealedFile.objects.bulk_create(
            SealedFile(
                dossier=made, place=place, path=file.path, sha256=file.sha256, size=file.size, source=file.source, data=file.data,
            )
            for place, file in enumerate(files)
        )  # fmt: skip
    return made


def take(*, sealed: SealedDossier, actor: Actor) -> Iterator[bytes]:
    """The package, piece by piece; that it was taken is logged first. Raises FileAltered while it is read."""
    with writing() as unit:
        unit.log(type="dossier_exported", actor=actor, agency=sealed.organ_id, rows=[sealed])
    return package(sealed)


def package(sealed: SealedDossier) -> Iterator[bytes]:
    """The bytes of the ZIP: the same whenever it is asked."""
    kept = {file.source: file for file in files_of(sealed.case)}
    rows = sealed.contents.order_by("place").iterator(8)

    def opened() -> Iterator[tuple[Packed, Any]]:
        for row in rows:
            data = None if row.data is None else bytes(row.data)
            yield Packed(row.path, row.sha256, row.size, data, row.source), bytes_of(row, data, kept)

    return zipped(f"dossier-{sealed.case_id}", opened())


def bytes_of(row: SealedFile, data: bytes | None, kept: Mapping[str, Any]) -> Any:
    """The bytes of a file of the package, wherever they are kept."""
    if data is not None:
        return [data]
    room, _, key = row.source.partition(":")
    if room == "instrument":
        return [bytes(InstrumentFile.objects.get(pk=key).pdf)]
    if row.source not in kept:
        raise FileAltered(f"{row.path} 的原文件不在了，案卷没有导出完。请联系系统管理员")
    return kept[row.source].chunks()


def enter_paper(
    *, organ: Organ, told: Mapping[str, Any], scan: bytes, media_type: str, by: str, actor: Actor
) -> PaperDossier:
    """A case closed on paper, from its cover and one scan. It becomes no case and has no acts (补录)."""
    with writing() as unit:
        PaperSeries.objects.get_or_create(organ=organ)
        series = PaperSeries.objects.select_for_update().get(organ=organ)
        series.last += 1
        made = PaperDossier(
            **told, organ=organ, serial=series.last, no=f"ZJ-{series.last:05d}", scan_sha256=hashlib.sha256(scan).hexdigest(),
            entered_by=by, entered_at=clock.now(),
        )  # fmt: skip
        unit.log(
            type="paper_dossier_entered", actor=actor, agency=organ.code, rows=[made], doc_hashes=[made.scan_sha256],
            reason_code="late_entry",
        )  # fmt: skip
        series.save()
        made.save(force_insert=True)
        PaperScan.objects.create(dossier=made, media_type=media_type, data=scan)
    return made
