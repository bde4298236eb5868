"""Begin, change, fix, seal, correct, withdraw and revoke a paper; publish an edition of a text. Each with its ledger entry.

Sealing is two events: `instrument_fixed` commits to the contents; the paper is then typeset with the proof of that
event, outside any transaction; `instrument_issued` follows with the SHA-256 of the finished PDF.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.errors import CaseArchived
from yifa.casework.cases.models import Case
from yifa.casework.cases.permissions import WHOSE
from yifa.casework.cases.queries import require_unarchived
from yifa.casework.instruments.errors import Incomplete, WrongState
from yifa.casework.instruments.filling import fill
from yifa.casework.instruments.models import (
    CORRECTED,
    DRAFT,
    FIXED,
    ISSUED,
    REVOKED,
    STATES,
    Instrument,
    InstrumentCorrection,
    InstrumentFile,
    InstrumentNumber,
    TemplateEdition,
)  # fmt: skip
from yifa.casework.instruments.numbers import draw, other_than_recorded
from yifa.casework.instruments.papers import paper as compose_paper
from yifa.casework.instruments.queries import (
    DECISION_FORMS,
    Reading,
    approved,
    carried,
    corrects_of,
    edition_in_force,
    reading,
    told_of,
)
from yifa.casework.instruments.rooms import told_by_rooms
from yifa.casework.instruments.told import decision
from yifa.casework.instruments.typesetting import pdf
from yifa.law.forms.definitions import columns, definition, used
from yifa.law.forms.language import parse
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.ledger.digest import row_digest
from yifa.ledger.document import Proof, content_digest, prove
from yifa.ledger.repeated import require_not_repeated
from yifa.registry.organs.models import Organ

CHANGED = "这件文书刚刚改动过，没有用印。请核对现在的内容后再用印。"


def begin(
    *, case: Case, form: str, by: str, actor: Actor, dated_on: date | None = None, again: str | None = None
) -> Instrument:
    """A draft filled from the record of the case. `again`: sent with a form of the browser, which may send it twice.

    Raises KeyError for no such form, WrongState, Repeated where the newest paper of the form is the same untouched draft.
    """
    on = dated_on or clock.today()
    edition, text = edition_in_force(case.organ_id, form, on)
    fields = used(parse(text, columns()), definition(form).must)
    known = {one.label for one in fields}
    with writing() as unit:
        # the row of the case is locked, so that serials of its papers do not collide
        Case.objects.select_for_update().filter(pk=case.pk).values_list("pk").get()
        require_open(case.pk)
        serial = Instrument.objects.filter(case=case).count() + 1
        rooms = {label: value for label, value in told_by_rooms(case, form).items() if label in known}
        made = Instrument(
            no=f"{case.no}-W{serial:02d}", organ_id=case.organ_id, case=case, serial=serial, form=form,
            template_edition=edition, text=text, dated_on=on, made_by=by, made_at=clock.now(),
            fields={**carried(case, fields), **fill(fields, told_of(case, on)).values, **rooms},
        )  # fmt: skip
        if again is not None:
            newest = Instrument.objects.filter(case=case, form=form).order_by("-serial").first()
            require_not_repeated(made, newest, written="made_at", again=again)
        log(unit, "instrument_begun", made, actor)
        made.save(force_insert=True)
    return made


def change(*, no: str, fields: Mapping[str, Any], dated_on: date | None, actor: Actor) -> Instrument:
    """What was typed into a draft. Raises WrongState."""
    with writing() as unit:
        found = locked(no, DRAFT)
        found.fields, found.dated_on = dict(fields), dated_on
        return store(unit, "instrument_changed", found, actor)


def fix(*, no: str, actor: Actor) -> Instrument:
    """Nothing is changed from here on; the number is drawn. Raises WrongState, Incomplete."""
    with writing() as unit:
        found = locked(no, DRAFT)
        read = complete(found)
        if read.need:
            raise WrongState(f"{WHOSE[read.need.by]}批准以后才能取号用印。请先送审。")
        fix_now(unit, found, read, actor, clock.now())
    return found


def complete(found: Instrument) -> Reading:
    """The paper as it stands. Raises Incomplete where it may not leave the desk of who drafts it."""
    read = reading(found)
    faults = [*read.faults, *([] if found.dated_on else ["没有成文日期，请填写"])]
    if faults:
        raise Incomplete(faults)
    return read


def fix_now(unit: Unit, found: Instrument, read: Reading, actor: Actor, at: datetime) -> None:
    """`at`: where it was approved, the moment of that: by it `approved` knows the fixing the approval was for.

    Raises Incomplete where a decision would get another number than its record names; no number is drawn then.
    """
    assert found.dated_on is not None
    rows: list[InstrumentNumber] = []
    if found.definition.series:
        given = decision(read.told).get("number") if found.form in DECISION_FORMS else read.told.raw["number"]
        rows = [draw(found.case.organ, found, found.dated_on.year, given or "")]
        if found.form in DECISION_FORMS and (wrong := other_than_recorded(given or "", rows[0])):
            raise Incomplete([wrong])
        found.number = rows[0].number
    found.state, found.fixed_at = FIXED, at
    found.version += 1
    found.content = content_of(found)
    unit.log(
        type="instrument_fixed", actor=actor, agency=found.organ_id, rows=[found, *rows],
        commits=[{"field": "content", "digest": found.content}],
    )  # fmt: skip
    found.save()
    for row in rows:
        row.save(force_insert=True)


def content_of(found: Instrument) -> str:
    return content_digest(
        number=found.number, form=found.form, template_edition=found.template_edition,
        fields_commitment=row_digest(found).columns["fields"],
    )  # fmt: skip


def issue(*, no: str, actor: Actor) -> Instrument:
    """Typeset with the proof of its fixing, and seal. Raises WrongState, Incomplete, MissingGlyph, SigningRefused."""
    found = Instrument.objects.select_related("case__organ").get(no=no)
    require(found, FIXED)
    require_open(found.case_id)
    read = reading(found)
    if read.faults:
        raise Incomplete(read.faults)
    if read.need and not approved(found):
        raise WrongState(
            f"{WHOSE[read.need.by]}还没有批准这件文书，不能用印。请负责人作废文号，退回草稿后送审。"
        )
    made, content = typeset(found, prove_contents(found)), found.content
    with writing() as unit:
        found = locked(no, FIXED)
        if found.content != content:
            raise WrongState(CHANGED)
        found.state, found.issued_at = ISSUED, clock.now()
        found.pdf_sha256 = hashlib.sha256(made).hexdigest()
        store(unit, "instrument_issued", found, actor, doc_hashes=[found.pdf_sha256])
        InstrumentFile.objects.create(instrument=found, pdf=made)
        supersede(unit, found, actor)
    return found


def supersede(unit: Unit, found: Instrument, actor: Actor) -> None:
    """The paper this one corrects no longer stands, from the moment this one does."""
    before = corrects_of(found)
    if before is None:
        return
    old = Instrument.objects.select_for_update(of=("self",)).get(no=before.corrects_id)
    require(old, ISSUED)
    old.state = CORRECTED
    store(unit, "instrument_corrected", old, actor)


def correct(*, no: str, reason: str, by: str, actor: Actor) -> Instrument:
    """A draft that says what the sealed paper said, to be corrected there. Raises WrongState."""
    with writing() as unit:
        old = locked(no, ISSUED)
        if InstrumentCorrection.objects.filter(corrects=old).exclude(paper__state=REVOKED).exists():
            raise WrongState("这件文书已经在更正，请在那一件上继续。")
        made = begin(case=old.case, form=old.form, by=by, actor=actor, dated_on=clock.today())
        made = change(no=made.no, fields={**made.fields, **old.fields}, dated_on=made.dated_on, actor=actor)
        row = InstrumentCorrection(
            organ_id=old.organ_id, paper=made, corrects=old, begun_by=by, begun_at=clock.now(), reason=reason
        )
        unit.log(type="instrument_correction_begun", actor=actor, agency=old.organ_id, rows=[row])
        row.save(force_insert=True)
    return made


def prove_contents(found: Instrument) -> Proof:
    contents = {
        "number": found.number, "form": found.form, "template_edition": found.template_edition, "fields": found.fields,
        "salt": found.salts["fields"],
    }  # fmt: skip
    return prove(found, contents, found.content)


def typeset(found: Instrument, proof: Proof) -> bytes:
    """The finished PDF of a fixed paper."""
    assert found.dated_on is not None
    organ = found.case.organ
    whole = compose_paper(
        kind=found.definition, lines=parse(found.text, columns()), values=found.fields, organ=organ.name, number=found.number,
        dated=found.dated_on, draft=False, demo=organ.demo, proof=proof,
    )  # fmt: skip
    return pdf(whole, found.dated_on)


def void_number(*, no: str, reason: str, actor: Actor) -> Instrument:
    """Back to a draft before sealing: the number stays in its series, void, with the reason. Raises WrongState."""
    with writing() as unit:
        found = locked(no, FIXED)
        rows = list(InstrumentNumber.objects.filter(instrument=found, void=False))
        for row in rows:
            row.void, row.voided_at, row.reason = True, clock.now(), reason
            row.version += 1
        found.state, found.number, found.content, found.fixed_at = DRAFT, "", "", None
        found.version += 1
        unit.log(type="instrument_number_voided", actor=actor, agency=found.organ_id, rows=[found, *rows])
        found.save()
        for row in rows:
            row.save()
    return found


def revoke(*, no: str, reason: str, actor: Actor) -> Instrument:
    """A sealed paper no longer stands. Its number and its proof remain. Raises WrongState."""
    with writing() as unit:
        found = locked(no, ISSUED)
        found.state, found.revoked_at, found.reason = REVOKED, clock.now(), reason
        return store(unit, "instrument_revoked", found, actor)


def publish_edition(
    *, organ: Organ, form: str, text: str, valid_from: date, note: str, by: str, actor: Actor
) -> TemplateEdition:
    """The next edition of a text. Papers begun before keep theirs. Raises TextWrong, KeyError."""
    definition(form)
    parse(text, columns())
    with writing() as unit:
        Organ.objects.select_for_update().filter(pk=organ.pk).values_list("pk").get()
        serial = TemplateEdition.objects.filter(organ=organ, form=form).count() + 1
        made = TemplateEdition(
            organ=organ, form=form, serial=serial, text=text, valid_from=valid_from, note=note, published_by=by,
            published_at=clock.now(),
        )  # fmt: skip
        unit.log(type="template_published", actor=actor, agency=organ.code, rows=[made])
        made.save(force_insert=True)
    return made


def locked(no: str, state: str) -> Instrument:
    found = Instrument.objects.select_for_update(of=("self",)).select_related("case__organ").get(no=no)
    require(found, state)
    require_open(found.case_id)
    return found


def require_open(case_no: str) -> None:
    """The papers of an archived case stay as they are. Raises WrongState."""
    try:
        require_unarchived(case_no)
    except CaseArchived as error:
        raise WrongState(str(error)) from error


def require(found: Instrument, state: str) -> None:
    if found.state != state:
        raise WrongState(
            gettext("这件文书现在是“%(now)s”，只有“%(wanted)s”的文书才能这样办理。")
            % {"now": gettext(found.state_words), "wanted": gettext(STATES[state])}
        )


def store(unit: Unit, type: str, found: Instrument, actor: Actor, **more: Any) -> Instrument:
    found.version += 1
    log(unit, type, found, actor, **more)
    found.save()
    return found


def log(unit: Unit, type: str, found: Instrument, actor: Actor, **more: Any) -> None:
    unit.log(type=type, actor=actor, agency=found.organ_id, rows=[found], **more)
