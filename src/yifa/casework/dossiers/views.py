"""The dossier of a case at the desk: its papers in order, what is missing, sealing it, taking the package."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.evaluation_views import ShownReason
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.dossiers import actions
from yifa.casework.dossiers.cover import catalogue_csv, cover_pdf
from yifa.casework.dossiers.errors import DossierError, NotPermitted
from yifa.casework.dossiers.permissions import can, check_can_read, check_can_seal
from yifa.casework.dossiers.queries import Dossier, dossier_of, sealed_dossiers
from yifa.casework.instruments.errors import InstrumentError
from yifa.ledger import clock
from yifa.ledger.actions import actor_of
from yifa.ledger.checkpoints import SigningRefused
from yifa.listing.desk import organ_code_of, see_other
from yifa.registry.people.queries import staff_of

NOT_SIGNED = "日志头暂停签发，没有封存：%(why)s。请联系系统管理员后再试。"
NOT_SEALED = "案卷还没有封存，没有可以下载的电子包。请先封存。"


def person_of(request: HttpRequest, organ: str) -> dict[str, Any] | None:
    return logged_in(staff_of(organ), staff_no_of(request), request.user.roles)


def roles_of(request: HttpRequest, person: dict[str, Any] | None) -> set[str]:
    """Of the person, and those the account adds."""
    own = {role for role in request.user.roles.split("|") if role}
    return own | set(person["roles"] if person else ())


def read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Log-in, the right to read, the dossier; another organ's case is as unknown as none."""

    @login_required
    @wraps(view)
    def answered(request: HttpRequest, no: str) -> HttpResponse:
        organ = organ_code_of(request)
        person = person_of(request, organ)
        try:
            check_can_read(roles_of(request, person))
            found = dossier_of(organ, no, clock.now())
        except UnknownCase:
            return unknown(request, no)
        except NotPermitted as refused:
            return render(request, "dossiers/refused.html", {"no": no, "said": str(refused)}, status=403)
        return view(request, found, person)

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@read
def dossier(request: HttpRequest, found: Dossier, person: Any) -> HttpResponse:
    """GET reads; POST seals (303), or says why not (403, 409)."""
    if request.method != "POST":
        return page(request, found, person)
    organ = found.case.organ_id
    try:
        check_can_seal(person, found.case)
        actions.seal(
            organ=organ,
            case_no=found.case.no,
            at=clock.now(),
            by=person["id"],
            actor=actor_of(request.user, role="archivist", organ=organ),
        )
    except NotPermitted as refused:
        return page(request, found, person, said=str(refused), status=403)
    except SigningRefused as refused:
        return page(request, found, person, said=gettext(NOT_SIGNED) % {"why": refused}, status=409)
    except (DossierError, InstrumentError) as refused:
        return page(request, found, person, said=str(refused), status=409)
    return see_other(f"{reverse('dossier', args=[found.case.no])}?done=sealed")


def page(
    request: HttpRequest, found: Dossier, person: Any, *, said: str = "", status: int = 200
) -> HttpResponse:
    case = found.case
    context = {
        "case": case, "found": found, "said": said, "done": request.GET.get("done"),
        "gaps": with_acts(found),
        "faults": [
            ShownReason(one, None if one.event is None else found.acts[one.event]) for one in found.faults
        ],
        "may_seal": can(check_can_seal, person, case), "earlier": earlier(found),
        "closed": case.closed_on is not None,
    }  # fmt: skip
    return render(request, "dossiers/dossier.html", context, status=status)


def with_acts(found: Dossier) -> list[tuple[Any, Any]]:
    """The gaps, each with the act it stands on."""
    return [(gap, found.acts[gap.event]) for gap in found.gaps]


def earlier(found: Dossier) -> list[Any]:
    """Seals of archivings that were reopened since: they stay, and are not this one."""
    return [one for one in sealed_dossiers(found.case) if found.sealed is None or one.no != found.sealed.no]


@require_safe
@read
def package(request: HttpRequest, found: Dossier, person: Any) -> HttpResponse:
    """The package of the dossier as sealed; that it was taken is logged."""
    if found.sealed is None:
        return page(request, found, person, said=NOT_SEALED, status=409)
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip")
    actor = actor_of(request.user, role="archivist", organ=found.case.organ_id)
    chunks = actions.take(sealed=found.sealed, actor=actor)
    answer = StreamingHttpResponse(chunks, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="dossier-{found.sealed.no}.zip"'
    return answer


@require_safe
@read
def catalogue(request: HttpRequest, found: Dossier, person: Any) -> HttpResponse:
    """The catalogue as it stands, for a spreadsheet."""
    answer = HttpResponse(catalogue_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="catalogue-{found.case.no}.csv"'
    return answer


@require_safe
@read
def cover(request: HttpRequest, found: Dossier, person: Any) -> HttpResponse:
    """Cover, catalogue and closing note to print; a draft before the case is archived."""
    on = archived_day(found) or clock.today()
    try:
        data = cover_pdf(found, on)
    except InstrumentError as refused:
        return page(request, found, person, said=str(refused), status=409)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="cover-{found.case.no}.pdf"'
    return answer


def archived_day(found: Dossier) -> Any:
    at: datetime | None = found.archived.at if found.archived else None
    return at.astimezone(clock.SHANGHAI).date() if at else None
