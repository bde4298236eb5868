"""The only ways to change evidence: add it with its files, add a file or one made from it, check, hand over, mark.

The bytes are on the disk before any of these is called; act, rows and ledger entries are one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import require_unarchived
from yifa.casework.evidence.errors import AlreadyTaken, FileChanged, FileGone
from yifa.casework.evidence.models import (
    CHECKED,
    DERIVED,
    MADE,
    ORIGINAL,
    QUARANTINED,
    RECEIVED,
    SEALED,
    SOUND,
    CustodyEntry,
    EvidenceFile,
    EvidenceMark,
    EvidenceUpload,
    Opening,
)
from yifa.casework.evidence.store import store
from yifa.casework.evidence.uploads import Arrived, judged
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.mode import IntegrityBroken, require_writable
from yifa.ledger.repeated import require_not_repeated
from yifa.registry.people.queries import Register

QUARTER = timedelta(minutes=15)


def receive(*, chunks: Iterable[bytes], name: str) -> Arrived:
    """Bytes from elsewhere than a form, on the disk and judged; no row refers to them yet. Raises CannotTakeIn."""
    incoming = store().incoming()
    try:
        for chunk in chunks:
            incoming.write(chunk)
        return judged(incoming, name)
    finally:
        incoming.drop()


def add_evidence(
    *, event: Mapping[str, Any], files: Sequence[Arrived], by: str, actor: Actor, seen: tuple[Case, Sequence[Act], Register],
    form: str = ORIGINAL, words: str = "", entered_late: bool = False,
) -> Act:  # fmt: skip
    """Record `evidence_added` with the files received. Raises what `record_act` raises, AlreadyTaken, FileGone."""
    case = seen[0]
    with writing() as unit:
        act = record_act(
            case_no=case.no, event=event, actor=actor, expected=case.act_count, entered_late=entered_late, seen=seen
        )  # fmt: skip
        for file in files:
            _take_in(unit, act, file, by=by, actor=actor, form=form, words=words)
    return act


def add_file(
    *, act: Act, file: Arrived, by: str, actor: Actor, form: str = ORIGINAL, words: str = "",
    derived_from: EvidenceFile | None = None,
) -> EvidenceFile:  # fmt: skip
    """One more file of an item of evidence, or one made from a file of it.

    Raises AlreadyTaken, FileGone, CaseArchived.
    """
    with writing() as unit:
        Case.objects.select_for_update(of=("self",)).get(pk=act.case_id)
        require_unarchived(act.case_id)
        return _take_in(
            unit, act, file, by=by, actor=actor, form=form, words=words, derived_from=derived_from
        )


def add_files(*, files: Sequence[Arrived], **common: Any) -> list[EvidenceFile]:
    """Several files as `add_file` adds one: all or none. Raises AlreadyTaken, FileGone."""
    with writing():
        return [add_file(file=one, **common) for one in files]


def _take_in(
    unit: Unit, act: Act, file: Arrived, *, by: str, actor: Actor, form: str, words: str,
    derived_from: EvidenceFile | None = None,
) -> EvidenceFile:  # fmt: skip
    """The row of a file and the first link of its custody. The case is locked."""
    require_new(act.case_id, file)
    store().size(file.sha256)
    row = EvidenceFile(
        organ_id=act.organ_id, case_id=act.case_id, act=act, serial=_next(EvidenceFile, act.case_id), form=form,
        derived_from=derived_from, sha256=file.sha256, sm3=file.sm3, size=file.size, media=file.media, readable=file.readable,
        harmless=file.harmless, name=file.name, words=words, received_by=by, received_at=clock.now(),
    )  # fmt: skip
    kind = MADE if form == DERIVED else RECEIVED
    entry = _entry(act, kind=kind, by=by, words="")
    unit.log(
        type="evidence_file_received",
        actor=actor,
        agency=act.organ_id,
        rows=[row],
        doc_hashes=[row.sha256],
        details={"sm3": row.sm3, "size": row.size},
    )
    row.save(force_insert=True)
    entry.file = row
    unit.log(type=f"evidence_{kind}", actor=actor, agency=act.organ_id, rows=[entry])
    entry.save(force_insert=True)
    if file.upload:
        _seal(unit, file.upload, row, actor)
    return row


def _seal(unit: Unit, key: str, file: EvidenceFile, actor: Actor) -> None:
    """The upload a file came by ends here, in the transaction of the row that refers to its bytes. Raises FileGone."""
    upload = EvidenceUpload.objects.select_for_update(of=("self",)).get(key=key)
    if upload.state not in (SOUND, QUARANTINED):
        raise FileGone(upload.key)
    upload.state, upload.file, upload.version = SEALED, file, upload.version + 1
    unit.log(
        type="evidence_upload_sealed",
        actor=actor,
        agency=file.organ_id,
        rows=[upload],
        doc_hashes=[file.sha256],
        details={"root": upload.root},
    )
    upload.save()


def require_new(case_no: str, file: Arrived) -> None:
    """Raises AlreadyTaken where this case, and only this case, has the same bytes."""
    found = EvidenceFile.objects.filter(case_id=case_no, sha256=file.sha256).select_related("act").first()
    if found:
        raise AlreadyTaken(found.name, found.act.data["id"], found.act.seq, found.serial)


def verify(*, file: EvidenceFile, by: str, words: str, actor: Actor, again: str = "") -> CustodyEntry:
    """The second officer's comparison: the bytes are hashed again first. Raises FileGone, FileChanged, Repeated."""
    try:
        store().check(file.sha256)
    except (FileGone, FileChanged):
        _found(file, broken_at=clock.now())
        raise
    return _log(file.act, file, kind=CHECKED, by=by, words=words, actor=actor, again=again)


def note_custody(
    *, act: Act, kind: str, by: str, actor: Actor, to: str = "", words: str = "", file: EvidenceFile | None = None,
    again: str = "",
) -> CustodyEntry:  # fmt: skip
    """One link of the chain: handed over, inspected, returned. Raises Repeated."""
    return _log(act, file, kind=kind, by=by, to=to, words=words, actor=actor, again=again)


def _log(
    act: Act, file: EvidenceFile | None, *, kind: str, by: str, words: str, actor: Actor, to: str = "",
    again: str = "",
) -> CustodyEntry:  # fmt: skip
    with writing() as unit:
        Case.objects.select_for_update(of=("self",)).get(pk=act.case_id)
        entry = _entry(act, kind=kind, by=by, to=to, words=words)
        entry.file = file
        newest = CustodyEntry.objects.filter(case_id=act.case_id).order_by("serial").last()
        require_not_repeated(entry, newest, written="at", again=again)
        hashes = [file.sha256] if file else []
        unit.log(type=f"evidence_{kind}", actor=actor, agency=act.organ_id, rows=[entry], doc_hashes=hashes)
        entry.save(force_insert=True)
    return entry


def _entry(act: Act, *, kind: str, by: str, words: str, to: str = "") -> CustodyEntry:
    return CustodyEntry(
        organ_id=act.organ_id, case_id=act.case_id, act=act, serial=_next(CustodyEntry, act.case_id), kind=kind, by=by, to=to,
        at=clock.now(), words=words,
    )  # fmt: skip


def _next(model: type[EvidenceFile] | type[CustodyEntry], case_no: str) -> int:
    last = model.objects.filter(case_id=case_no).order_by("-serial").values_list("serial", flat=True).first()
    return (last or 0) + 1


def mark(
    *, file: EvidenceFile, second: int, words: str, by: str, actor: Actor, again: str = ""
) -> EvidenceMark:
    """A place in a recording with a note. Raises Repeated."""
    with writing() as unit:
        EvidenceFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        serial = EvidenceMark.objects.filter(file=file).count() + 1
        row = EvidenceMark(
            organ_id=file.organ_id, file=file, serial=serial, second=second, words=words, by=by, at=clock.now()
        )  # fmt: skip
        newest = EvidenceMark.objects.filter(file=file).order_by("serial").last()
        require_not_repeated(row, newest, written="at", again=again)
        unit.log(type="evidence_marked", actor=actor, agency=file.organ_id, rows=[row])
        row.save(force_insert=True)
    return row


def note_opening(*, file: EvidenceFile, by: str, actor: Actor, taken_away: bool = False) -> None:
    """Who opens a file is in the access log, once in a quarter of an hour; a file taken away, each time."""
    now = clock.now()
    recent = Opening.objects.filter(file=file, by=by, at__gt=now - QUARTER, at__lte=now)
    if not taken_away and recent.exists():
        return
    with writing() as unit:
        row = Opening(organ_id=file.organ_id, file=file, by=by, at=now, taken_away=taken_away)
        what = "evidence_taken_away" if taken_away else "evidence_opened"
        unit.log(type=what, actor=actor, agency=file.organ_id, rows=[file], log="access")
        row.save(force_insert=True)


def compare(file: EvidenceFile) -> str:
    """Hash the stored bytes again (核对): empty where they are as received, else what is wrong."""
    try:
        store().check(file.sha256)
    except (FileGone, FileChanged) as error:
        _found(file, broken_at=clock.now())
        return str(error)
    _found(file, broken_at=None, checked_at=clock.now())
    return ""


def _found(file: EvidenceFile, **moments: datetime | None) -> None:
    """Technical columns, outside the ledger. Not written each time a page is opened, and not at all in read-only mode."""
    known = file.checked_at and clock.now() - file.checked_at < timedelta(days=1)
    if (moments["broken_at"] is None) == (file.broken_at is None) and (known or file.broken_at):
        return
    try:
        require_writable()
    except IntegrityBroken:
        return
    EvidenceFile.objects.filter(pk=file.pk).update(**moments)
