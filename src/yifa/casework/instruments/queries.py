"""Reading papers: of a case, with everything a page asks of one; the edition of a text in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import acts_of, assemble, get_case
from yifa.casework.instruments.consistency import Comparison, compare
from yifa.casework.instruments.errors import UnknownInstrument
from yifa.casework.instruments.filling import fill, missing
from yifa.casework.instruments.models import (
    APPROVED,
    CORRECTED,
    ISSUED,
    REVOKED,
    SEALED,
    SERVED,
    Instrument,
    InstrumentApproval,
    InstrumentCorrection,
    TemplateEdition,
)
from yifa.casework.instruments.papers import paper
from yifa.casework.instruments.rooms import register_teller
from yifa.casework.instruments.told import Told
from yifa.casework.instruments.typesetting import pdf
from yifa.law.dossier import missing as missing_papers
from yifa.law.forms.approvals import Approval, approval, correction
from yifa.law.forms.composing import empty, left_blank
from yifa.law.forms.definitions import FIRST_EDITION, Definition, Field, columns, definition, used
from yifa.law.forms.language import parse
from yifa.ledger import clock
from yifa.registry.laws.queries import read_record
from yifa.registry.organs.models import Organ
from yifa.registry.people.queries import staff_of

__all__ = [
    "Reading", "carried", "draft_paper", "due_forms", "edition_in_force", "form_pdf", "get_paper", "papers_of", "reading",
    "register_teller", "sealed_with", "state_words", "told_of",
]  # fmt: skip
DECISION_FORMS = ("penalty_decision", "no_penalty_decision", "summary_decision")
NOTICES = ("prior_notice", "hearing_right_notice")


@dataclass(frozen=True)
class Reading:
    """A paper with what its page shows: fields in order, what is missing, what contradicts the notice.

    `need`: whose approval it needs itself before its number is drawn; None where nobody's, or an act was it."""

    paper: Instrument
    told: Told
    fields: list[Field]
    unset: Mapping[str, str]
    missing: list[Field]
    blanks: list[Field]
    comparisons: list[Comparison]
    state: str
    need: Approval | None
    empty_places: frozenset[str]
    """Of a paper under seal: labels whose place in the text is still a blank."""

    @property
    def kind(self) -> Definition:
        return self.paper.definition

    @property
    def faults(self) -> list[str]:
        """Why it may not be fixed or sealed, each with what to do."""
        named = [gettext("缺少法定事项“%(label)s”，请填写") % {"label": one.label} for one in self.missing]
        named += [
            gettext("“%(label)s”在正文中还是空白，盖章的文书不能留空，请填写") % {"label": one.label}
            for one in self.blanks
            if one.label in self.empty_places
        ]
        return named + [f"{one.what}{one.words}" for one in self.comparisons if not one.good]


def told_of(case: Case, on: date) -> Told:
    """The record of a case as papers read it."""
    acts = acts_of(case)
    return Told(assemble(case, acts, staff_of(case.organ_id))[1], on)


def get_paper(organ_code: str, case_no: str, no: str) -> Instrument:
    """Raises UnknownInstrument; another organ's paper is as unknown as none."""
    chosen = Instrument.objects.select_related("case__organ").filter(
        organ_id=organ_code, case_id=case_no, no=no
    )
    found = chosen.first()
    if found is None:
        raise UnknownInstrument(f"本案没有文书 {no}")
    return found


def reading(found: Instrument, told: Told | None = None) -> Reading:
    """The paper against the record of its case as it is now."""
    told = told or told_of(found.case, found.dated_on or clock.today())
    lines = parse(found.text, columns())
    fields = used(lines, found.definition.must)
    without, blanks = missing(fields, found.definition.must, found.fields)
    filled = fill(fields, told)
    return Reading(
        found, told, fields, filled.unset, without, blanks, compare(found.form, found.fields, _notice(found), told),
        state_words(found, told), approval_due(found, told, filled.values),
        frozenset(left_blank(lines, found.fields) if found.definition.sealed else ()),
    )  # fmt: skip


def approval_due(found: Instrument, told: Told, filled: Mapping[str, Any]) -> Approval | None:
    """Whose approval the paper itself needs: an act approved by him is enough where the paper says what it says."""
    if corrects_of(found):
        return correction()
    need = approval(found.form)
    if need is None or not need.act:
        return need
    agrees = all(found.fields.get(label) == filled.get(label) for label in need.same)
    return None if told.last(need.act) and agrees else need


def corrects_of(found: Instrument) -> InstrumentCorrection | None:
    """Which sealed paper this one corrects, and why."""
    return InstrumentCorrection.objects.select_related("corrects").filter(paper=found).first()


def corrected_by(found: Instrument) -> Instrument | None:
    """The sealed paper that corrects this one; None while there is none."""
    rows = InstrumentCorrection.objects.filter(corrects=found, paper__state__in=SEALED)
    last = rows.select_related("paper").order_by("-begun_at").first()
    return last and last.paper


def approved(found: Instrument) -> bool:
    """Is the paper fixed by an approval? One that was given before its number was made void does not count any more."""
    rounds = InstrumentApproval.objects.filter(instrument=found, state=APPROVED)
    return found.fixed_at is not None and rounds.filter(decided_at=found.fixed_at).exists()


def _notice(found: Instrument) -> dict[str, Any] | None:
    chosen = Instrument.objects.filter(case_id=found.case_id, form__in=NOTICES, state=ISSUED).order_by(
        "-serial"
    )
    return chosen.values_list("fields", flat=True).first()


def state_words(found: Instrument, told: Told) -> str:
    """草稿, 待审, 待用印, 已用印, 已送达, 已撤销, 已更正. Served is what the record says of this form from the day it is dated."""
    if found.state != ISSUED or found.dated_on is None:
        return found.state_words
    day = found.dated_on.isoformat()
    served = any(
        one["instrument"] == found.form and one["at"][:10] >= day for one in told.all("instrument_served")
    )
    return SERVED if served else found.state_words


def carried(case: Case, fields: list[Field]) -> dict[str, Any]:
    """What earlier papers of the case say of fields that are the same in all of them; the latest goes first."""
    once = {one.label for one in fields if one.once}
    values: dict[str, Any] = {}
    if once:
        before = Instrument.objects.filter(case=case).order_by("serial").values_list("fields", flat=True)
        for told in before:
            values.update({label: told[label] for label in once & told.keys() if not empty(told[label])})
    named = {one.label for one in fields if one.source == "decision.number"}
    number = decision_number(case) if named else ""
    return {**values, **dict.fromkeys(named, number)} if number else values


def decision_number(case: Case) -> str:
    """The number of the decision sealed here last; the record of a case may name it, and then that goes first."""
    chosen = Instrument.objects.filter(case=case, form__in=DECISION_FORMS, state=ISSUED).order_by("-serial")
    return chosen.values_list("number", flat=True).first() or ""


def sealed_with(content_beginning: str) -> list[Instrument]:
    """Papers sealed, also those revoked or corrected since, whose content digest begins so: one, or none."""
    found = Instrument.objects.filter(content__startswith=content_beginning, state__in=SEALED)
    return list(found.select_related("case__organ").defer("text", "fields")[:2])


def due_forms(case: Case, papers: Iterable[Instrument]) -> list[Definition]:
    """The forms the acts of the case call for and none of these papers is, each once, in the order of the acts."""
    record = read_record(told_of(case, clock.today()).raw)
    gaps = missing_papers(record, [one.form for one in papers if one.state not in (REVOKED, CORRECTED)])
    return [definition(form) for form in dict.fromkeys(gap.form for gap in gaps if gap.form)]


def papers_of(organ_code: str, case_no: str) -> tuple[Case, list[tuple[Instrument, str]]]:
    """A case and its papers in the order they were begun, each with its state in words. Raises UnknownCase."""
    case = get_case(organ_code, case_no)
    told = told_of(case, clock.today())
    found = Instrument.objects.filter(case=case).order_by("serial").defer("text")
    return case, [(one, state_words(one, told)) for one in found]


def draft_paper(found: Instrument) -> dict[str, Any]:
    """The paper as it stands, without proof: what preview, draft PDF and DOCX show."""
    return paper(
        kind=found.definition, lines=parse(found.text, columns()), values=found.fields, organ=found.case.organ.name,
        number=found.number, dated=found.dated_on, draft=found.state not in SEALED, demo=found.case.organ.demo,
        fate=found.state_words if found.state in (REVOKED, CORRECTED) else "",
    )  # fmt: skip


def form_pdf(
    *, organ: Organ, form: str, record: Mapping[str, Any], on: date, values: Mapping[str, Any], draft: bool
) -> bytes:
    """A form filled from a record and these values, in the edition of that day, as PDF/A: no paper of its own.

    Raises NoFonts, MissingGlyph, CannotTypeset.
    """
    kind, lines = definition(form), parse(edition_in_force(organ.code, form, on)[1], columns())
    filled = {**fill(used(lines, kind.must), Told(record, on)).values, **values}
    return pdf(
        paper(
            kind=kind, lines=lines, values=filled, organ=organ.name, dated=on, draft=draft, demo=organ.demo
        ),
        on,
    )


def edition_in_force(organ_code: str, form: str, on: date) -> tuple[str, str]:
    """(name, text) of the edition a paper dated `on` is made from: the organ's own, else the standard one."""
    chosen = TemplateEdition.objects.filter(organ_id=organ_code, form=form, valid_from__lte=on).order_by(
        "-serial"
    )
    found = chosen.first()
    return (found.name, found.text) if found else (FIRST_EDITION, definition(form).text)
