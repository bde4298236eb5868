"""The pack of one case for a meeting (一案一页): facts, evidence, the party's points, review, penalty proposed, discretion."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yifa.casework.cases.act_words import act_words
from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.models import Act
from yifa.casework.cases.page import matter_name
from yifa.casework.cases.views import staff_no_of
from yifa.casework.committee import queries
from yifa.casework.hearings.queries import points_of
from yifa.casework.review.queries import rounds_of
from yifa.law.discretion import Worksheet, worksheet
from yifa.law.facts import yuan
from yifa.law.labels import label, labels
from yifa.law.packs import UnknownParameter
from yifa.law.review import needed
from yifa.ledger.clock import now
from yifa.listing.desk import organ_code_of
from yifa.registry.laws.queries import read_record


@login_required
@require_safe
def pack(request: HttpRequest, no: str, case: str) -> HttpResponse:
    """One page to read and to print; nothing is typed for it."""
    found = queries.meeting_of(organ_code_of(request), no)
    item = queries.items_of(found).filter(case_id=case).first() if found else None
    if found is None or item is None:
        return render(request, "committee/unknown.html", {"no": no}, status=404)
    what = doing(found.organ_id, case, "deliberated", staff_no_of(request), request.user.roles, now())
    rounds = [one for one in rounds_of(case) if one.opinion]
    sheet = sheet_of(what)
    context = {
        "meeting": found, "item": item, "doing": what, "case": what.case, "matter": matter_name(what.case),
        "facts": what.case.violation.get("facts", []), "handlers": what.case.handlers and [what.names.get(one, one) for one in what.case.handlers.split("|") if one],
        "evidence": [(one.data["id"], label("evidence_kind", one.data["evidence_kind"]), one.data["proves"], one.seq) for one in what.acts_of("evidence_added")],
        "proposed": last_words(what, "investigation_closed"), "told": last_words(what, "prior_notice_served"),
        "heard": last_words(what, "hearing_held"), "points": points_of(what.acts), "review": rounds[-1] if rounds else None,
        "reviewed": last_words(what, "legality_reviewed"), "why": why(what), "sheet": sheet, **figures(sheet),
    }  # fmt: skip
    return render(request, "committee/pack.html", context)


def last_words(what: Doing, kind: str) -> tuple[Act, list[tuple[str, str]]] | None:
    """The latest act of a kind, in words."""
    found = what.acts_of(kind)
    return (found[-1], act_words(found[-1], what.names)) if found else None


def why(what: Doing) -> list[str]:
    try:
        return needed(read_record(what.raw), what.at)
    except UnknownParameter:
        return []


def sheet_of(what: Doing) -> Worksheet | None:
    """The worksheet with the grade and the fine proposed; None where the pack lacks a value for it."""
    closed = what.acts_of("investigation_closed")
    proposal: dict[str, Any] = closed[-1].get("proposal") or {} if closed else {}
    tier = closed[-1].get("tier") or "" if closed else ""
    try:
        return worksheet(read_record(what.raw), what.at, tier=tier, fine_fen=proposal.get("fine_fen"))
    except UnknownParameter:
        return None


def figures(sheet: Worksheet | None) -> dict[str, str]:
    """Amounts of the worksheet in words."""
    if sheet is None:
        return {}
    span = sheet.limits and f"{yuan(sheet.limits.min)}至{yuan(sheet.limits.max)}"
    bounds = sheet.bounds and f"{yuan(sheet.bounds[0])}至{yuan(sheet.bounds[1])}"
    return {
        "tier": labels("tier")[sheet.tier], "range": span or sheet.gap, "bounds": bounds or "",
        "fine": yuan(sheet.fine_fen) if sheet.fine_fen is not None else "",
    }  # fmt: skip
