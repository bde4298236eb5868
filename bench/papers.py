"""P9: a decision of one page, from the stored case to PDF/A, every text different; and a file of forty papers."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

LIBREOFFICE_COLD, LIBREOFFICE_RESIDENT = 1384.0, 170.0
"""Milliseconds for a page, quoted where LibreOffice is not installed: 7.4.7 on Debian 12, a machine of this kind."""
REPEATS = 25
FILE = 40


@dataclass(frozen=True)
class Papers:
    """Milliseconds: one decision (median; `processor`: its processor time, which a busy machine does not lengthen), the first of the process, LibreOffice cold; seconds: forty papers."""

    decision: float
    processor: float
    first: float
    cold: float
    quoted: bool
    forty: float


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
    started = time.perf_counter()
    for form in list(definitions())[:FILE]:
        decision(case.organ_id, case.no, form)
    forty = time.perf_counter() - started
    cold = libreoffice(cases[0])
    return Papers(median(taken[1:]), median(spent[1:]), taken[0], cold or LIBREOFFICE_COLD, not cold, forty)


def decision(organ: str, case_no: str, form: str) -> bytes:
    """From the rows of the case: read, filled, composed, typeset. Nothing is kept between two calls."""
    from yifa.casework.cases.queries import get_case
    from yifa.casework.instruments.filling import fill
    from yifa.casework.instruments.papers import paper
    from yifa.casework.instruments.queries import told_of
    from yifa.casework.instruments.typesetting import pdf
    from yifa.law.forms.definitions import definition, used

    case = get_case(organ, case_no)
    on = case.decided_on or case.opened_on
    kind = definition(form)
    values = fill(used(kind.lines, kind.must), told_of(case, on)).values
    whole = paper(
        kind=kind, lines=kind.lines, values=values, organ=case.organ.name, number=case.number, dated=on, draft=False,
        demo=case.organ.demo,
    )  # fmt: skip
    return pdf(whole, on)


def libreoffice(case: object) -> float:
    """The same paper as DOCX to PDF/A by LibreOffice, started anew; 0 where it is not installed."""
    program = shutil.which("soffice")
    if not program:
        return 0.0
    from yifa.casework.instruments.editable import docx
    from yifa.casework.instruments.papers import paper
    from yifa.law.forms.definitions import definition

    kind = definition("summary_decision")
    whole = paper(kind=kind, lines=kind.lines, values={}, organ="示例区城市管理委员会", number="示例第001号")
    with tempfile.TemporaryDirectory(prefix="yifa-bench-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(docx(whole))
        export = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"}}'
        command = [
            program,
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            export,
        ]
        taken = []
        for _ in range(3):
            started = time.perf_counter()
            subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True)
            taken.append((time.perf_counter() - started) * 1000)
    return min(taken)
