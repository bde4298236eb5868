"""What the badge of a case counts: each row, the entry of the log that recorded it, and the bundle to take away."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.queries import get_case
from yifa.casework.cases.views import unknown
from yifa.law.events import KINDS
from yifa.ledger.queries import RecordedRow, case_rows
from yifa.listing.desk import organ_code_of


@dataclass(frozen=True)
class ShownRow:
    """`seq` is the number of the act, None for the case itself; `title` what was done."""

    row: RecordedRow
    seq: int | None
    title: str


@login_required
@require_safe
def proof(request: HttpRequest, no: str) -> HttpResponse:
    """The rows of a case with their places in the log; it only reads."""
    try:
        case = get_case(organ_code_of(request), no)
    except UnknownCase:
        return unknown(request, no)
    titles = {act.seq: KINDS[act.kind].label for act in case.acts.all()}
    rows = [shown(row, titles) for row in case_rows(case.no)]
    agreeing = sum(one.row.agrees for one in rows)
    context = {"case": case, "rows": rows, "agreeing": agreeing, "whole": agreeing == len(rows)}
    return render(request, "cases/proof.html", context)


def shown(row: RecordedRow, titles: dict[int, str]) -> ShownRow:
    table, _, key = row.name.partition(":")
    last = key.rpartition("/")[2]
    seq = int(last) if table == "act" and last.isdecimal() else None
    return ShownRow(row, seq, titles.get(seq, "") if seq is not None else "")
