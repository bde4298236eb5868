"""What an account may enter at all: asked of every address, before the page is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import is_within_reach, within_reach
from yifa.casework.committee.models import CommitteeMeeting
from yifa.casework.hearings.models import Hearing
from yifa.casework.proposals.models import Deliberation, Proposal
from yifa.casework.supervision.models import SupervisedHandling
from yifa.registry.people.reach import ASSIGNED, Reach, reach_for
from yifa.site.accounts.addresses import address_of
from yifa.site.accounts.models import User
from yifa.site.accounts.roles import is_administrator, keys_of

CHOSEN = "organ_looked_at"
# one's own account, and the way out
OWN = ("/desk/account/",)
ADMINISTRATION = (
    *OWN,
    "/desk/accounts/",
    "/desk/jobs/",
    "/desk/erasures/",
    "/desk/access/",
    "/desk/anchors/",
)
OF_COUNSEL = (*OWN, "/desk/cases/", "/desk/legal-reviews/", "/desk/laws/", "/desk/jobs/")
NO_CASEWORK = "管理员账号不办理、也不查看案件。办案请用另一个账号登录。"
NOT_ASSIGNED = (
    "这一页不在您的委托范围内。您可以查看交办给您的法律审查和您有名的案件；需要其他材料请联系交办人。"
)
LOOKING_ON = "您正在查看另一机关，只能看，不能办理。请先回到本机关。"
# below each address `no` is one of these, and these are the staff numbers it is a matter of
MATTERS: tuple[tuple[str, Any, Callable[[Any], set[str]]], ...] = (
    ("/desk/proposals/", Proposal, lambda found: {found.to_person, found.submitted_by} - {""}),
    (
        "/desk/deliberations/",
        Deliberation,
        lambda found: {*found.members, found.chaired_by, found.submitted_by},
    ),
    ("/desk/supervised/", SupervisedHandling, lambda found: {found.ordered_to, found.ordered_by}),
    ("/desk/hearings/", Hearing, lambda found: {found.presided_by, found.recorder, found.arranged_by}),
    ("/desk/committee/", CommitteeMeeting, lambda found: {*found.members, found.called_by}),
    ("/desk/reviews/", Proposal, lambda found: {found.to_person, found.submitted_by} - {""}),
)


class Gate:
    """Middleware: reach on the request, first duties of an account, and the doors closed to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.organ_id:
            request.reach = reach_of(request.user, request.session.get(CHOSEN, ""))
            request.organ_code = request.reach.organ
            if not request.reach.whole_organ:
                # for rooms below the cases, which know their numbers only; asked of the database by who uses it
                request.cases_seen = within_reach(Case.objects.all(), request.reach).values("pk")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not address_of(request).startswith("/desk/"):
            return None
        return first_duty(request) or closed_door(request) or beyond_reach(request, kwargs)


def reach_of(user: User, chosen: str = "") -> Any:
    person = user.person if user.person and user.person.organ_id == user.organ_id else None
    return reach_for(
        own=user.organ_id or "",
        seen=tuple(keys_of(user.seen_organs)),
        chosen=chosen,
        kind=user.reach,
        unit=person.unit if person else "",
        staff_no=person.staff_no if person else "",
        supervisor="supervisor" in user.role_keys(),
    )


def first_duty(request: HttpRequest) -> HttpResponse | None:
    """What must be done before anything else: an own password, then the second factor where it is required."""
    if address_of(request).startswith(OWN):
        return None
    if request.user.must_change_password:
        return redirect("account-password")
    if second_factor_missing(request.user):
        return redirect("account-second-factor")
    return None


def second_factor_missing(user: User) -> bool:
    return settings.SECOND_FACTOR == "required" and not user.demo and not user.second_factor


def closed_door(request: HttpRequest) -> HttpResponse | None:
    user, path = request.user, address_of(request)
    if is_administrator(user.role_keys()):
        if path == "/desk/":
            return redirect("accounts")
        return None if path.startswith(ADMINISTRATION) else refused(request, NO_CASEWORK)
    if path == "/desk/" or path.startswith(OWN):
        return None
    if user.reach == ASSIGNED and not path.startswith(OF_COUNSEL):
        return refused(request, NOT_ASSIGNED)
    looking_on = user.organ_id and request.organ_code != user.organ_id
    if looking_on and request.method not in ("GET", "HEAD"):
        return refused(request, LOOKING_ON)
    return None


def beyond_reach(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    """An address below a case the account does not reach is as unknown as one of no case."""
    reach, no = getattr(request, "reach", None), kwargs.get("no")
    if reach is None or reach.whole_organ or no is None or sees(address_of(request), str(no), reach):
        return None
    return render(request, "cases/unknown.html", {"no": no, "reach": reach}, status=404)


def sees(address: str, no: str, reach: Reach) -> bool:
    """The case at the address, or the one behind the matter there; a matter is seen by those it names as well."""
    if address.startswith("/desk/cases/"):
        return is_within_reach(no, reach)
    for prefix, model, names in MATTERS:
        if address.startswith(prefix):
            found = model.objects.filter(no=no).first()
            if found is None or found.organ_id != reach.organ:
                return False
            return reach.staff_no in names(found) or is_within_reach(found.case_id, reach)
    return True


def refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "403.html", {"exception": why}, status=403)
