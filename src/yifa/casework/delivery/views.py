"""Service at the desk: what waits and what was served in a case; one paper served by one way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.events import is_late
from yifa.casework.cases.models import Case
from yifa.casework.cases.offered import OWN_PAGES, slug_of
from yifa.casework.cases.permissions import refusal
from yifa.casework.cases.queries import acts_of, get_case
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.delivery import actions
from yifa.casework.delivery.errors import DeliveryError, EarlierUntold
from yifa.casework.delivery.forms import controls, read, reason_label
from yifa.casework.delivery.queries import address_of, deliveries_of, failed_ways
from yifa.casework.instruments.errors import UnknownInstrument
from yifa.casework.instruments.models import ISSUED, Instrument
from yifa.casework.instruments.queries import get_paper
from yifa.law.delivery import BY_MODE, WAYS, Way, untold
from yifa.law.events import KINDS
from yifa.law.labels import form, label, labels
from yifa.ledger import clock
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import SHANGHAI
from yifa.ledger.repeated import Repeated
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.people.queries import staff_of

NEXT = {
    "prior_notice": "prior_notice_served", "hearing_right_notice": "prior_notice_served", "hearing_notice": "hearing_notified",
    "correction_order": "correction_ordered",
}  # fmt: skip
"""Papers whose contents are an act of their own, to be recorded with what they told."""
NOT_SEALED = "只有已用印的文书才能送达。请先定稿、用印。"


@login_required
@require_safe
def of_case(request: HttpRequest, no: str) -> HttpResponse:
    """Papers that wait, services with the day each takes effect, attempts that reached nobody."""
    organ = organ_code_of(request)
    try:
        case = get_case(organ, no)
    except UnknownCase:
        return unknown(request, no)
    found, staff = deliveries_of(case), staff_of(organ)
    person = logged_in(staff, staff_no_of(request), request.user.roles)
    refused = refusal("instrument_served", person, case, acts_of(case))
    context = {
        "case": case, "waiting": [(one, NEXT.get(one.form, "")) for one in found.waiting], "refused": refused or "",
        "services": [service_words(one, staff) for one in found.services],
        "attempts": [delivery_words(one, staff) for one in found.attempts], "done": request.GET.get("done", ""),
        "next_act": next_act(request, no),
    }  # fmt: skip
    return render(request, "delivery/of_case.html", context)


def next_act(request: HttpRequest, no: str) -> tuple[str, str] | None:
    """(label, address) of the act still to be recorded after the service just entered."""
    kind = NEXT.get(request.GET.get("form", ""))
    if not kind:
        return None
    own = OWN_PAGES.get(kind)
    return KINDS[kind].label, reverse(own, args=[no]) if own else reverse("case-do", args=[no, slug_of(kind)])


def service_words(one: Any, staff: Mapping[str, Any]) -> dict[str, Any]:
    told, data = one.told, one.act.data
    return {
        "form": form(data["instrument"]).name, "mode": label("mode", data["mode"]), "at": one.act.at.astimezone(SHANGHAI),
        "at_is_date": one.act.at_is_date, "seq": one.act.seq, "by": names(one.act.by, staff), "effect": one.effect,
        "in_force": one.effect.on <= clock.today(), "told": told and delivery_words(told, staff),
        "paper": told.instrument_id if told else "",
    }  # fmt: skip


def delivery_words(one: Any, staff: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "no": one.no, "form": form(one.instrument.form).name, "mode": label("mode", one.mode), "at": one.at.astimezone(SHANGHAI),
        "by": names(one.by, staff), "receiver": one.receiver, "place": one.place, "witness": one.witness, "reason": one.reason,
        "kind": labels("receiver").get(one.receiver_kind, ""), "refused": one.refused,
        "earlier": [(reason_label(mode), why) for mode, why in one.earlier.items()] if isinstance(one.earlier, dict) else [],
    }  # fmt: skip


def names(who: list[str], staff: Mapping[str, Any]) -> str:
    return "、".join(staff[one]["name"] if one in staff else one for one in who)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest, no: str, paper: str) -> HttpResponse:
    """One paper: GET shows the ladder of ways and, with `?mode=`, the form of one; POST records service or attempt."""
    organ = organ_code_of(request)
    try:
        found = get_paper(organ, no, paper)
    except UnknownInstrument:
        return render(request, "instruments/unknown.html", {"no": no, "paper": paper}, status=404)
    staff = staff_of(organ)
    person = logged_in(staff, staff_no_of(request), request.user.roles)
    refused = refusal("instrument_served", person, found.case, acts_of(found.case))
    if refused or person is None:
        return page(request, found, staff, person, refused=refused or "", status=403)
    if found.state != ISSUED:
        return page(request, found, staff, person, refused=NOT_SEALED, status=409)
    way = BY_MODE.get((request.POST if request.method == "POST" else request.GET).get("mode", ""))
    if request.method != "POST" or way is None:
        return page(request, found, staff, person, way=way)
    return post(request, found, staff, person, way)


def post(
    request: HttpRequest, paper: Instrument, staff: dict[str, Any], person: Mapping[str, Any], way: Way
) -> HttpResponse:
    failed, now = request.POST.get("do") == "failed", clock.now()
    left = untold(way.mode, failed_ways(paper))
    told, wrong = read(
        way, left, person["id"], dict(officers(paper.case, staff, person)), request.POST, now, failed=failed
    )
    if told is None:
        return page(request, paper, staff, person, way=way, wrong=wrong, status=422)
    actor = actor_of(request.user, role="handler", organ=paper.organ_id)
    expected, again = request.POST.get("expected", ""), request.POST.get("again", "")
    try:
        if failed:
            actions.attempt(paper=paper, told=told, actor=actor, again=again)
        else:
            late = is_late(told.at, now, acts_of(paper.case))
            actions.deliver(
                paper=paper,
                told=told,
                expected=int(expected) if expected.isdecimal() else -1,
                late=late,
                actor=actor,
                again=again,
            )
    except Repeated as twin:
        request.sent_again = twin.key  # type: ignore[attr-defined]
        return page(request, paper, staff, person, way=way, status=409)
    except EarlierUntold as error:
        wrong = {f"earlier.{mode}": str(error) for mode in error.modes}
        return page(request, paper, staff, person, way=way, wrong=wrong, status=422)
    except StepRefused as error:
        return page(request, paper, staff, person, way=way, findings=error.findings, status=409)
    except (StaleEdition, InvalidAct, DeliveryError) as error:
        paper.case.refresh_from_db()
        return page(request, paper, staff, person, way=way, said=str(error), status=409)
    tail = "failed" if failed else f"served&form={paper.form}"
    return see_other(f"{reverse('deliveries-of-case', args=[paper.case_id])}?done={tail}")


def officers(case: Case, staff: Mapping[str, Any], person: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """Who may go along: the other handlers of the case first, then the other officers."""
    mine = person["id"] if person else ""
    assigned = [who for who in case.handlers.split("|") if who in staff and who != mine]
    others = [
        who for who, one in staff.items()
        if "handler" in one["roles"] and "auxiliary" not in one["roles"] and who not in (mine, *assigned)
    ]  # fmt: skip
    return [(who, staff[who]["name"]) for who in [*assigned, *others]]


def page(
    request: HttpRequest, paper: Instrument, staff: dict[str, Any], person: Mapping[str, Any] | None, *, way: Way | None = None,
    wrong: dict[str, str] | None = None, said: str = "", refused: str = "", findings: Any = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    tried, now, wrong = failed_ways(paper), clock.now(), wrong or {}
    typed: Mapping[str, str] = request.POST if request.method == "POST" else first(paper, now)
    left = untold(way.mode, tried) if way else ()
    shown = (
        controls(way, left, officers(paper.case, staff, person), typed, wrong) if way and not refused else []
    )
    on_page = {one.name for one in shown}
    context = {
        "case": paper.case, "paper": paper, "name": form(paper.form).name, "refused": refused, "said": said, "findings": findings,
        "ladder": [] if refused else [rung(one, tried, now, way) for one in WAYS], "way": way, "controls": shown,
        "mode": label("mode", way.mode) if way else "", "article": way.article_on(now.date()) if way else "",
        "problems": [(Problem(name, words), name in on_page) for name, words in wrong.items()],
        "not_this_way": gettext("没有送到，记下经过"),
    }  # fmt: skip
    return render(request, "delivery/deliver.html", context, status=status)


def first(paper: Instrument, now: Any) -> QueryDict:
    """What the form holds at first: now, the party, the place of the case.

    Now is to the second: a paper handed over in the minute of its decision is served after it.
    """
    values = QueryDict(mutable=True)
    values["at"] = now.strftime("%Y-%m-%dT%H:%M:%S")
    values["receiver"] = paper.case.party_name
    citizen = paper.case.party_kind in ("citizen", "sole_trader")
    values["receiver_kind"] = "party" if citizen else "mail_receiver"
    values["place"] = address_of(paper.case)
    values["announced_on"] = now.strftime("%Y-%m-%d")
    return values


def rung(one: Way, tried: set[str], now: Any, chosen: Way | None) -> dict[str, Any]:
    return {
        "mode": one.mode, "label": label("mode", one.mode), "way": one, "article": one.article_on(now.date()),
        "tried": one.mode in tried, "left": "、".join(label("mode", mode) for mode in untold(one.mode, tried)),
        "current": chosen is not None and chosen.mode == one.mode,
    }  # fmt: skip
