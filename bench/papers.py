"""P9: a decision of one page, from the stored case to PDF/A, every text different; and a file of forty papers.

LibreOffice makes PDF/A of the same decisions (as DOCX), started anew for each and resident, in the same run where it is installed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from bench import libreoffice

LIBREOFFICE_COLD, LIBREOFFICE_RESIDENT = 1384.0, 170.0
"""Milliseconds for a page, quoted where LibreOffice is not installed: 7.4.7 on Debian 12, a machine of this kind."""
REPEATS = 25
FILE = 40


@dataclass(frozen=True)
class Papers:
    """Milliseconds: one decision (median; `processor`: its processor time, which a busy machine does not lengthen), the first of the process, LibreOffice cold and resident (medians); seconds: forty papers."""

    decision: float
    processor: float
    first: float
    cold: float
    resident: float
    quoted: bool
    forty: float
    forty_processor: float


def measure() -> Papers:
    import pypdfium2

    from yifa.casework.cases.models import Case
    from yifa.law.forms.definitions import definitions

    cases = list(
        Case.objects.filter(procedure="summary").exclude(decided_on=None).order_by("no")[: REPEATS + 1]
    )
    if len(cases) <= REPEATS:
        raise RuntimeError(
            f"{len(cases)} summary cases in the sample year: too few, every text is to be another"
        )
    taken, spent = [], []
    for case in cases:
        started, before = time.perf_counter(), time.process_time()
        made = decision(case.organ_id, case.no, "summary_decision")
        taken.append((time.perf_counter() - started) * 1000)
        spent.append((time.process_time() - before) * 1000)
        if len(pypdfium2.PdfDocument(made)) != 1:
            raise RuntimeError(f"{case.no}: the decision has more than one page")
    case = Case.objects.filter(procedure="ordinary").exclude(closed_on=None).order_by("no").first()
    started, before = time.perf_counter(), time.process_time()
    for form in list(definitions())[:FILE]:
        decision(case.organ_id, case.no, form)
    forty, forty_processor = time.perf_counter() - started, time.process_time() - before
    cold, resident = libreoffice.measure([editable(case) for case in cases]) or (
        LIBREOFFICE_COLD,
        LIBREOFFICE_RESIDENT,
    )
    quoted = not libreoffice.installed()
    return Papers(
        median(taken[1:]), median(spent[1:]), taken[0], cold, resident, quoted, forty, forty_processor
    )


def decision(organ: str, case_no: str, form: str) -> bytes:
    """From the rows of the case: read, filled, composed, typeset. Nothing is kept between two calls."""
    from yifa.casework.instruments.typesetting import pdf

    whole, on = whole_paper(organ, case_no, form)
    return pdf(whole, on)


def editable(case: Any) -> bytes:
    """The same decision as DOCX: what LibreOffice is given."""
    from yifa.casework.instruments.editable import docx

    return docx(whole_paper(case.organ_id, case.no, "summary_decision")[0])


def whole_paper(organ: str, case_no: str, form: str) -> tuple[dict[str, Any], date]:
    from yifa.casework.cases.queries import get_case
    from yifa.casework.instruments.filling import fill
    from yifa.casework.instruments.papers import paper
    from yifa.casework.instruments.queries import told_of
    from yifa.law.forms.definitions import definition, used

    case = get_case(organ, case_no)
    on = case.decided_on or case.opened_on
    kind = definition(form)
    values = fill(used(kind.lines, kind.must), told_of(case, on)).values
    whole = paper(
        kind=kind, lines=kind.lines, values=values, organ=case.organ.name, number=case.number, dated=on, draft=False,
        demo=case.organ.demo,
    )  # fmt: skip
    return whole, on
