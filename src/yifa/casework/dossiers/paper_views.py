"""Cases closed on paper, entered afterwards (补录): the form, one of them, its scan."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.dossiers import actions
from yifa.casework.dossiers.errors import NotPermitted, PaperRefused
from yifa.casework.dossiers.forms import paper_controls, read_paper, read_scan
from yifa.casework.dossiers.models import PaperDossier
from yifa.casework.dossiers.permissions import check_can_enter_paper, check_can_read
from yifa.casework.dossiers.queries import paper_dossier
from yifa.casework.dossiers.views import person_of, roles_of
from yifa.law.labels import label
from yifa.law.packs import pack
from yifa.ledger import clock
from yifa.ledger.actions import actor_of
from yifa.listing.columns import yuan
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.organs.queries import organ_with

TAKEN = {"number": "本机关已经有这个案号的案件或者纸质案卷，请核对。"}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; posted, the paper dossier (303), or what is wrong (422)."""
    organ = organ_with(organ_code_of(request))
    person = person_of(request, organ.code)
    try:
        check_can_enter_paper(person)
    except NotPermitted as refused:
        return page(request, organ, QueryDict(), status=403, refused=str(refused))
    if request.method != "POST":
        return page(request, organ, QueryDict("procedure=ordinary&outcome=penalty&party_kind=citizen"))
    try:
        told, scan, media_type = whole(request, organ)
        made = actions.enter_paper(
            organ=organ, told=told, scan=scan, media_type=media_type, by=(person or {})["id"],
            actor=actor_of(request.user, role="archivist", organ=organ.code),
        )  # fmt: skip
    except PaperRefused as refused:
        return page(request, organ, request.POST, status=422, problems=refused.problems)
    except IntegrityError:
        return page(request, organ, request.POST, status=422, problems=TAKEN)
    return see_other(f"{reverse('paper-dossier', args=[made.no])}?done=entered")


def whole(request: HttpRequest, organ: Any) -> tuple[dict[str, Any], bytes, str]:
    """What was typed and the scan. Raises PaperRefused with the problems of both."""
    problems: dict[str, str] = {}
    told, scan = {}, (b"", "")
    try:
        told = read_paper(organ.code, pack(organ.territory), request.POST, clock.today())
    except PaperRefused as refused:
        problems |= refused.problems
    try:
        scan = read_scan(request.FILES.get("scan"))
    except PaperRefused as refused:
        problems |= refused.problems
    if problems:
        raise PaperRefused(problems)
    return told, *scan


def page(
    request: HttpRequest, organ: Any, typed: QueryDict, *, status: int = 200, problems: dict[str, str] | None = None,
    refused: str = "",
) -> HttpResponse:  # fmt: skip
    wrong = problems or {}
    shown = [] if refused else paper_controls(pack(organ.territory), typed, wrong)
    names = {control.name for control in shown} | {"scan"}
    context = {
        "controls": shown, "refused": refused, "scan_error": wrong.get("scan", ""),
        "problems": [(Problem(name, message), name in names) for name, message in wrong.items()],
    }  # fmt: skip
    return render(request, "dossiers/paper_new.html", context, status=status)


@login_required
@require_safe
def paper(request: HttpRequest, no: str) -> HttpResponse:
    """One paper dossier, marked 补录."""
    found = readable(request, no)
    if isinstance(found, HttpResponse):
        return found
    law = pack(found.organ.territory)
    matter = law.matters.get(found.matter)
    kinds = [label("penalty_kind", kind) for kind in found.penalty.get("kinds", [])]
    context = {
        "one": found, "matter": f"{found.matter} {matter.name}" if matter else found.matter, "kinds": kinds,
        "party_kind": label("party_kind", found.party_kind), "outcome": label("outcome", found.outcome),
        "close_reason": label("close_reason", found.close_reason), "done": request.GET.get("done"),
        "fine": yuan(found.penalty.get("fine_fen")), "confiscation": yuan(found.penalty.get("confiscation_fen")),
    }  # fmt: skip
    return render(request, "dossiers/paper.html", context)


@login_required
@require_safe
def scan(request: HttpRequest, no: str) -> HttpResponse:
    """The scan as it was taken in."""
    found = readable(request, no)
    if isinstance(found, HttpResponse):
        return found
    answer = HttpResponse(bytes(found.scan.data), content_type=found.scan.media_type)
    answer["Content-Disposition"] = f'inline; filename="{found.no}.{ENDINGS[found.scan.media_type]}"'
    return answer


def readable(request: HttpRequest, no: str) -> PaperDossier | HttpResponse:
    organ = organ_code_of(request)
    try:
        check_can_read(roles_of(request, person_of(request, organ)))
    except NotPermitted as refused:
        return render(request, "dossiers/refused.html", {"no": no, "said": str(refused)}, status=403)
    reach = getattr(request, "reach", None)
    found = paper_dossier(organ, no) if reach is None or reach.whole_organ else None
    return found or render(request, "dossiers/paper_unknown.html", {"no": no}, status=404)
