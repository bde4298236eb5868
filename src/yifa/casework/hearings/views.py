"""The calendar of hearings of the organ, and the arrangement of one with the day looked at while it is picked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.errors import StaleEdition, UnknownCase
from yifa.casework.cases.forms.controls import Control
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.hearings import actions
from yifa.casework.hearings.errors import HearingError, NotPermitted
from yifa.casework.hearings.permissions import host_refusal
from yifa.casework.hearings.queries import in_month, of_case, weeks
from yifa.law.calendar.errors import BadPeriod
from yifa.law.hearings import HearingDay, hearing_day
from yifa.law.packs import UnknownParameter, title_of
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import SHANGHAI, now, today
from yifa.ledger.written import written_day
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.laws.queries import law_of
from yifa.registry.organs.models import Organ

LONGEST, AHEAD = 2000, timedelta(days=366)
MOVED = "本案刚刚有新的办理记录，没有安排。请重新核对后再提交；您填写的内容还在下面。"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
Wrong = dict[str, str]


@login_required
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """`?month=2026-11`: the hearings of a month as a calendar, on a phone as a list."""
    organ = Organ.objects.get(code=organ_code_of(request))
    first = read_month(request.GET.get("month", ""))
    found = in_month(organ.code, first, getattr(request, "reach", None))
    law = law_of(organ.code, organ.territory)
    context = {
        "first": first, "found": found, "weeks": weeks(first, found, law.holidays.rest_reason), "weekdays": WEEKDAYS,
        "before": (first - timedelta(days=1)).replace(day=1), "after": (first + timedelta(days=31)).replace(day=1),
        "today": today(),
    }  # fmt: skip
    return render(request, "hearings/calendar.html", context)


def read_month(typed: str) -> date:
    try:
        return written_day(f"{typed}-01")
    except ValueError:
        return today().replace(day=1)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_one_case(request: HttpRequest, no: str) -> HttpResponse:
    """Hearings of a case; POST arranges one (303), or says why not (403, 409, 422)."""
    try:
        what = asked(request, no)
    except UnknownCase:
        return unknown(request, no)
    if request.method != "POST":
        return page(request, what)
    if what.refused:
        return page(request, what, status=403, said=what.refused)
    wrong: Wrong = {}
    plan = read_plan(request, what, wrong)
    if request.POST.get("expected") != str(what.case.act_count):
        return page(request, what, status=409, said=MOVED)
    blocked = what.blocked()
    if blocked:
        return page(request, what, status=409, said="；".join(one.finding.message for one in blocked))
    if plan is None or wrong:
        return page(request, what, status=422, wrong=wrong)
    actor = actor_of(request.user, role="handler", organ=what.case.organ_id)
    try:
        made = actions.arrange(
            case_no=no, plan=plan, person=what.person or {}, actor=actor, expected=what.case.act_count
        )
    except NotPermitted as error:
        return page(request, what, status=403, said=str(error))
    except (HearingError, StaleEdition) as error:
        return page(request, what, status=409, said=str(error))
    return see_other(f"{reverse('hearing', args=[made.no])}?done=arranged")


def asked(request: HttpRequest, no: str) -> Doing:
    """Raises UnknownCase."""
    return doing(
        organ_code_of(request), no, "hearing_notified", staff_no_of(request), request.user.roles, now()
    )


@login_required
@require_safe
def day(request: HttpRequest, no: str) -> HttpResponse:
    """What the law says of one day (`?hearing_on=2026-11-23`), as a piece of the form."""
    try:
        what = asked(request, no)
    except UnknownCase:
        return unknown(request, no)
    return render(
        request, "hearings/_day.html", {"looked": looked_at(what, request.GET.get("hearing_on", ""))}
    )


def looked_at(what: Doing, typed: str) -> HearingDay | None:
    """The day typed, were it notified today; None where it is no day, or the law has no period."""
    law = law_of(what.case.organ_id, what.case.organ.territory)
    try:
        on = written_day(typed) if typed else what.at.date()
        return hearing_day(law, notified_on=what.at.date(), hearing_on=on)
    except (ValueError, BadPeriod, UnknownParameter, OverflowError):
        return None


def read_plan(request: HttpRequest, what: Doing, wrong: Wrong) -> actions.Plan | None:
    typed = request.POST
    starts_at = read_start(typed, what, wrong)
    place, private = tidy(typed.get("place", "")), tidy(typed.get("private_reason", ""))
    if not place or len(place) > 200:
        wrong["place"] = "请填写听证地点，不超过 200 个字。"
    elif said := fault("听证地点", place, 200):
        wrong["place"] = said
    if typed.get("public") not in ("yes", "no"):
        wrong["public"] = "请选择是否公开举行。"
    elif typed["public"] == "no" and not private:
        wrong["private_reason"] = "不公开举行的，请写明涉及国家秘密、商业秘密还是个人隐私。"
    others = tidy(typed.get("participants", ""))
    for name, title, words in (
        ("private_reason", "不公开的理由", private),
        ("participants", "听证参加人", others),
    ):
        if said := fault(title, words, LONGEST):
            wrong[name] = said
    host = typed.get("presided_by", "")
    why = host_refusal(what.staff.get(host), what.acts)
    if why:
        wrong["presided_by"] = why
    if typed.get("recorder") not in what.staff or typed.get("recorder") == host:
        wrong["recorder"] = "请选择记录人，不能是主持人本人。"
    if starts_at is None or wrong:
        return None
    return actions.Plan(
        starts_at=starts_at, place=place, presided_by=host, recorder=typed["recorder"],
        private_reason=private if typed["public"] == "no" else "", participants=others,
    )  # fmt: skip


def read_start(typed: Any, what: Doing, wrong: Wrong) -> datetime | None:
    try:
        on = written_day(typed.get("hearing_on", "").strip())
    except ValueError:
        wrong["hearing_on"] = "请填写听证日期，写成 2026-11-23 的样子。"
        return None
    try:
        clock_time = time.fromisoformat(typed.get("hearing_at", "").strip())
    except ValueError:
        wrong["hearing_at"] = "请填写听证时间，写成 09:30 的样子。"
        return None
    looked = looked_at(what, on.isoformat()) if on <= what.at.date() + AHEAD else None
    if looked is None:
        wrong["hearing_on"] = "听证日期太远，请核对年份。"
    elif not looked.lawful:
        wrong["hearing_on"] = looked.why
    return datetime.combine(on, clock_time.replace(tzinfo=None), SHANGHAI)


def page(
    request: HttpRequest, what: Doing, *, status: int = 200, wrong: Wrong | None = None, said: str = ""
) -> HttpResponse:
    wrong, typed = wrong or {}, request.POST
    blocked = [] if what.archived() else what.blocked()
    refused = what.refused or ("；".join(one.finding.message for one in blocked) if blocked else "")
    looked = looked_at(what, typed.get("hearing_on", "").strip())
    if looked and "hearing_on" not in typed:
        looked = looked_at(what, looked.proposed_on.isoformat())
    context = {
        "doing": what, "hearings": list(of_case(what.case.no)), "said": said, "refused": refused,
        "asked_for": any(one.kind == "hearing_requested" for one in what.acts), "sent": request.method == "POST",
        "looked": looked, "controls": [] if refused else controls(what, typed, wrong, looked),
        "unconfirmed": [(name, title_of(name)) for name in looked.assumed] if looked else [],
        "problems": [(Problem(name, words), True) for name, words in wrong.items()],
    }  # fmt: skip
    return render(request, "hearings/arrange.html", context, status=status)


def controls(what: Doing, typed: Any, wrong: Wrong, looked: HearingDay | None) -> list[Control]:
    hosts = [(key, one["name"]) for key, one in what.staff.items() if not host_refusal(one, what.acts)]
    others = [(key, one["name"]) for key, one in what.staff.items()]
    first = looked.proposed_on.isoformat() if looked else ""

    def made(name: str, label: str, kind: str, default: str = "", **more: Any) -> Control:
        return Control(name, label, kind, (typed.get(name, default),), error=wrong.get(name, ""), **more)

    choose = ("", "请选择")
    return [
        made("hearing_on", "听证日期", "date", first, required=True),
        made("hearing_at", "听证时间", "text", "09:30", required=True, hint="24 小时制"),
        made("place", "听证地点", "text", required=True),
        made("presided_by", "听证主持人", "select", options=(choose, *hosts), required=True,
             hint="办理过本案的、已经回避的不在其中"),
        made("recorder", "记录人", "select", options=(choose, *others), required=True),
        made("public", "是否公开举行", "radio", "yes", options=(("yes", "公开"), ("no", "不公开")), required=True),
        made("private_reason", "不公开的理由", "textarea"),
        made("participants", "听证参加人", "textarea", hint="当事人、代理人、第三人、证人等，一行一人"),
    ]  # fmt: skip
