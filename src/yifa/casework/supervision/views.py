"""Follow-up at the desk: a head orders it on a case; who was ordered answers; the head closes it or asks again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.clocks import due_day
from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import get_case
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.supervision import actions
from yifa.casework.supervision.errors import NotPermitted, SupervisionError
from yifa.casework.supervision.models import ANSWERED, OPEN, STEPS, SupervisedHandling
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import SHANGHAI, today
from yifa.ledger.repeated import Repeated
from yifa.ledger.written import written_day
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.people.queries import staff_of

HEADS = "督办由负责人下达，须本人登录。"
LONGEST = 2000
Wrong = dict[str, str]


def person_of(request: HttpRequest, staff: dict[str, Any]) -> dict[str, Any]:
    """Who is logged in; a person without roles where the account stands for nobody."""
    nobody = {"id": "", "roles": [], "name": ""}
    return logged_in(staff, staff_no_of(request), request.user.roles) or nobody


def role_of(person: dict[str, Any]) -> str:
    return "head" if "head" in person["roles"] else "handler"


def read_words(request: HttpRequest, wrong: Wrong, ask: str) -> str:
    words = tidy(request.POST.get("words", ""))
    if not words or len(words) > LONGEST:
        wrong["words"] = gettext("%(ask)s，不超过 %(longest)s 个字。") % {
            "ask": gettext(ask),
            "longest": LONGEST,
        }
    elif said := fault("内容", words, LONGEST):
        wrong["words"] = said
    return words


def read_due(request: HttpRequest, wrong: Wrong) -> date:
    try:
        day = written_day(request.POST.get("due_on", "").strip())
    except ValueError:
        wrong["due_on"] = "请填写期限，写成 2026-11-23 的样子。"
        return today()
    if day < today():
        wrong["due_on"] = "期限早于今天，请改为今天或者以后。"
    return day


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, no: str) -> HttpResponse:
    """The order: what, of whom, by when."""
    organ = organ_code_of(request)
    try:
        case = get_case(organ, no)
    except UnknownCase:
        return unknown(request, no)
    staff = staff_of(organ)
    person = person_of(request, staff)
    if "head" not in person["roles"]:
        return order_page(request, case, staff, status=403, refused=HEADS)
    if request.method != "POST":
        return order_page(request, case, staff)
    wrong: Wrong = {}
    words, due_on, to = (
        read_words(request, wrong, "请写明要办什么"),
        read_due(request, wrong),
        request.POST.get("to", ""),
    )
    if to not in dict(officers(case, staff)) or to == person["id"]:
        wrong["to"] = "请从列表中选择被督办的人员。"
    if wrong:
        return order_page(request, case, staff, status=422, wrong=wrong)
    try:
        made = actions.order(
            case_no=case.no, to=to, due_on=due_on, words=words, person=person, again=request.POST.get("again", ""),
            actor=actor_of(request.user, role=role_of(person), organ=organ),
        )  # fmt: skip
    except NotPermitted as error:
        return order_page(request, case, staff, status=403, refused=str(error))
    except Repeated as twin:
        request.sent_again = twin.key  # type: ignore[attr-defined]
        return order_page(request, case, staff, status=409)
    return to_page(made.no)


def officers(case: Case, staff: dict[str, Any]) -> list[tuple[str, str]]:
    """Whom an order may go to: the handlers of the case first, then the other officers."""
    out = actions.recused_in(case)
    assigned = [who for who in case.handlers.split("|") if who in staff and who not in out]
    others = [who for who, one in staff.items() if "handler" in one["roles"] and who not in (*assigned, *out)]
    return [
        (who, f"{staff[who]['name']}{gettext('（承办）') if who in assigned else ''}")
        for who in [*assigned, *others]
    ]


def order_page(
    request: HttpRequest, case: Case, staff: dict[str, Any], *, status: int = 200, wrong: Wrong | None = None,
    refused: str = "",
) -> HttpResponse:  # fmt: skip
    context = {
        "case": case, "officers": officers(case, staff), "typed": request.POST, "wrong": wrong or {}, "refused": refused,
        "problems": [(Problem(name, words), True) for name, words in (wrong or {}).items()],
    }  # fmt: skip
    return render(request, "supervision/order.html", context, status=status)


def to_page(no: str) -> HttpResponse:
    return see_other(f"{reverse('supervised', args=[no])}?done=1")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def supervised(request: HttpRequest, no: str) -> HttpResponse:
    """One follow-up with its exchanges; POST answers, asks again or closes."""
    organ = organ_code_of(request)
    found = SupervisedHandling.objects.filter(organ_id=organ, no=no).first()
    if found is None:
        return render(request, "supervision/unknown.html", {"no": no}, status=404)
    person = person_of(request, staff_of(organ))
    if request.method != "POST":
        return page(request, found, person)
    wrong: Wrong = {}
    words, deed = read_words(request, wrong, "请填写内容"), request.POST.get("do", "")
    common: dict[str, Any] = {
        "no": no, "words": words, "person": person, "actor": actor_of(request.user, role=role_of(person), organ=organ)
    }  # fmt: skip
    if deed == "again":
        common["due_on"] = read_due(request, wrong)
    if wrong:
        return page(request, found, person, status=422, wrong=wrong)
    try:
        {"answer": actions.answer, "again": actions.ask_again, "close": actions.close}[deed](**common)
    except KeyError:
        return page(request, found, person)
    except NotPermitted as error:
        return page(request, found, person, status=403, said=str(error))
    except SupervisionError as error:
        return page(request, SupervisedHandling.objects.get(no=no), person, status=409, said=str(error))
    return to_page(no)


def page(
    request: HttpRequest, found: SupervisedHandling, person: dict[str, Any], *, status: int = 200,
    wrong: Wrong | None = None, said: str = "",
) -> HttpResponse:  # fmt: skip
    names = {key: one["name"] for key, one in staff_of(found.organ_id).items()}
    head = "head" in person["roles"] and person["id"] not in actions.recused_in(found.case)
    context = {
        "order": found, "due": due_day(found.due_on, found.ordered_at.astimezone(SHANGHAI).date(), "day", today()), "said": said, "typed": request.POST, "wrong": wrong or {},
        "to": names.get(found.ordered_to, found.ordered_to), "by": names.get(found.ordered_by, found.ordered_by),
        "may_answer": found.state == OPEN and person["id"] == found.ordered_to,
        "may_ask": head and found.state == ANSWERED, "may_close": head and found.state in (OPEN, ANSWERED),
        "problems": [(Problem(name, words), True) for name, words in (wrong or {}).items()],
        "done": "done" in request.GET and request.method != "POST",
        "steps": [
            {"step": STEPS[one.step], "who": names.get(one.by, one.by), "at": one.at.astimezone(SHANGHAI), "due_on": one.due_on, "words": one.words}
            for one in found.steps.all()
        ],
    }  # fmt: skip
    return render(request, "supervision/supervised.html", context, status=status)
