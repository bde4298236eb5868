"""Archiving a case: the form of the act with the gaps of the dossier above it. With a gap that blocks, only whom the law's
table names archives, and writes the reason into the note of the act. APL art. 47."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from yifa.casework.cases import do_views
from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.views import staff_no_of
from yifa.casework.dossiers.queries import Dossier
from yifa.casework.dossiers.views import read, with_acts
from yifa.law.dossier import blocking, gap_rules
from yifa.ledger import clock
from yifa.listing.desk import organ_code_of

KIND = "case_archived"
NOT_YOURS = "案卷有缺件，由档案人员或者负责人写明理由后归档。请先补齐，或者请他们登录办理。"
NO_REASON = "案卷有缺件：请补齐，或者在备注写明缺件仍然归档的理由。"


@require_http_methods(["GET", "HEAD", "POST"])
@read
def archive(request: HttpRequest, found: Dossier, person: Any) -> HttpResponse:
    """GET shows the gaps and the form; POST records the act (303), or says why not (403, 409, 422)."""
    what = doing(
        organ_code_of(request), found.case.no, KIND, staff_no_of(request), request.user.roles, clock.now()
    )
    gaps = blocking(found.gaps)
    request.around_act = do_views.Around(  # type: ignore[attr-defined]
        "dossiers/archive.html", {"gaps": with_acts(found), "blocking": gaps, "check": gap_rules().check}
    )
    if what.refused:
        return do_views.page(request, what, QueryDict(), status=403, refused=what.refused)
    if request.method != "POST":
        return do_views.form(request, what)
    return refused(request, what, person) if gaps else do_views.post(request, what)


def refused(request: HttpRequest, what: Doing, person: Any) -> HttpResponse:
    """With gaps: who may not is turned away, who wrote no reason is asked for it, the rest goes on."""
    if not gap_rules().waived_by & set(person["roles"] if person else ()):
        return do_views.page(request, what, QueryDict(), status=403, refused=NOT_YOURS)
    if "back" not in request.POST and not request.POST.get("note", "").strip():
        return do_views.page(request, what, request.POST, status=422, problems={"note": NO_REASON})
    return do_views.post(request, what)
