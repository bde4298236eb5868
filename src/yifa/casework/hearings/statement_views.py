"""Statement and defence (陈述申辩) of a case: its points one by one, and to each an answer with its reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.forms.controls import Control
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.models import Act
from yifa.casework.cases.offered import ways
from yifa.casework.cases.repeated import same_act
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.hearings.actions import answer_points, record_statement, statement_event
from yifa.casework.hearings.points import Point, next_number, points_of
from yifa.law.labels import labels
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import now
from yifa.ledger.written import written_moment
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem

ROWS, MORE, MOST, LONGEST = 3, 3, 50, 4000
MADE, ANSWERED = "statement_made", "statement_reexamined"
DONE = {"made": "各点意见已经记录，请逐点复核。", "answered": "复核结果已经记录。"}
MOVED = "本案刚刚有新的办理记录，没有记录。请重新核对后再提交；您填写的内容还在下面。"
ARCHIVED = "案件已经归档，不能再记录陈述申辩。"
Wrong = dict[str, str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, no: str) -> HttpResponse:
    """GET reads; POST records points or answers (303), or says why not (403, 409, 422)."""
    kind = ANSWERED if request.POST.get("do") == "answer" else MADE
    try:
        what = doing(organ_code_of(request), no, kind, staff_no_of(request), request.user.roles, now())
    except UnknownCase:
        return unknown(request, no)
    if request.method != "POST" or request.POST.get("do") == "more":
        return page(request, what)
    if what.refused:
        return page(request, what, status=403, said=what.refused)
    if what.archived():
        return page(request, what, status=409, said=ARCHIVED)
    if request.POST.get("expected") != str(what.case.act_count):
        return page(request, what, status=409, said=MOVED)
    wrong: Wrong = {}
    record = (read_answers if kind == ANSWERED else read_points)(request, what, wrong)
    if wrong:
        return page(request, what, status=422, wrong=wrong)
    twin = twin_of(request, what) if kind == MADE else None
    if twin is not None and request.POST.get("again") != str(twin.seq):
        request.sent_again = twin.seq  # type: ignore[attr-defined]
        return page(request, what, status=409)
    try:
        record()
    except StaleEdition:
        return page(request, what, status=409, said=MOVED)
    except StepRefused as error:
        return page(request, what, status=409, blocked=ways(what.explained(error.findings)))
    except InvalidAct as error:
        return page(request, what, status=422, said="；".join(error.problems))
    return see_other(
        f"{reverse('case-statement', args=[no])}?done={'answered' if kind == ANSWERED else 'made'}"
    )


def common(request: HttpRequest, what: Doing) -> dict[str, Any]:
    return {
        "case_no": what.case.no, "by": [(what.person or {})["id"]], "expected": what.case.act_count,
        "actor": actor_of(request.user, role="handler", organ=what.case.organ_id),
    }  # fmt: skip


def typed_points(request: HttpRequest) -> list[str]:
    return [words for one in request.POST.getlist("point") if (words := tidy(one))]


def twin_of(request: HttpRequest, what: Doing) -> Act | None:
    """The newest act of the case, where it is this statement: its points under the numbers they had then."""
    given = common(request, what)
    newest = max(what.acts, key=lambda act: act.seq)
    event = statement_event(
        first=next_number(act for act in what.acts if act is not newest), words=typed_points(request), at=what.at,
        by=given["by"], note=tidy(request.POST.get("late", "")),
    )  # fmt: skip
    return same_act(what.acts, event, given["actor"], what.at)


def read_points(request: HttpRequest, what: Doing, wrong: Wrong) -> Any:
    """What the party said: every point that is not left empty, and when it was said."""
    words = typed_points(request)
    if not words:
        wrong["point.1"] = "请至少填写一点意见。"
    elif len(words) > MOST or any(len(one) > LONGEST for one in words):
        wrong["point.1"] = gettext("最多 %(most)s 点，每点不超过 %(longest)s 个字。") % {
            "most": MOST,
            "longest": LONGEST,
        }
    at = moment(request.POST.get("at", ""))
    note = tidy(request.POST.get("late", ""))
    read_faults(words, note, wrong)
    if at is None:
        wrong["at"] = "请填写当事人陈述的时间，写成 2026-11-23 09:30 的样子。"
    elif at > what.at:
        wrong["at"] = "陈述的时间晚于现在，请填实际的时间。"
    elif what.entered_late({"at": at.isoformat()}) and not note:
        wrong["late"] = "补录以前的陈述申辩，请写明为什么现在才记录。"
    return lambda: record_statement(
        first=next_number(what.acts), words=words, at=at or what.at, note=note,
        late=what.entered_late({"at": (at or what.at).isoformat()}), **common(request, what),
    )  # fmt: skip


def read_faults(words: list[str], note: str, wrong: Wrong) -> None:
    said = next(filter(None, (fault("内容", one, LONGEST) for one in words)), "")
    if said:
        wrong.setdefault("point.1", said)
    if said := fault("补录说明", note, LONGEST):
        wrong["late"] = said


def read_answers(request: HttpRequest, what: Doing, wrong: Wrong) -> Any:
    """Adopted or not, of every point still open; a point not adopted needs its reason."""
    results, reasons = {}, {}
    for one in open_points(what):
        results[one.number] = request.POST.get(f"result.{one.number}", "")
        reasons[one.number] = " ".join(request.POST.get(f"reason.{one.number}", "").split())
        if results[one.number] not in labels("reexamination_result"):
            wrong[f"result.{one.number}"] = gettext("请选择第 %(number)s 点是否采纳。") % {
                "number": one.number
            }
        if len(reasons[one.number]) > LONGEST or (
            results[one.number] == "rejected" and not reasons[one.number]
        ):
            wrong[f"reason.{one.number}"] = gettext("第 %(number)s 点不采纳的，请写明理由，不超过 %(longest)s 个字。") % {
                "number": one.number, "longest": LONGEST,
            }  # fmt: skip
        elif said := fault("理由", reasons[one.number], LONGEST):
            wrong[f"reason.{one.number}"] = said
    return lambda: answer_points(results=results, reasons=reasons, at=what.at, **common(request, what))


def open_points(what: Doing) -> list[Point]:
    return [one for one in points_of(what.acts) if not one.result]


def moment(typed: str) -> datetime | None:
    try:
        return written_moment(typed.strip())
    except ValueError:
        return None


def page(
    request: HttpRequest, what: Doing, *, status: int = 200, wrong: Wrong | None = None, said: str = "",
    blocked: Any = (),
) -> HttpResponse:  # fmt: skip
    wrong, typed = wrong or {}, request.POST
    points = points_of(what.acts)
    refused = what.refused or (ARCHIVED if what.archived() else "")
    asked = (
        [] if refused else [(one, *answer_controls(one, typed, wrong)) for one in points if not one.result]
    )
    context = {
        "doing": what, "points": points, "asked": asked, "refused": refused, "said": said, "ways": blocked,
        "rows": [] if refused else point_controls(what, request, wrong), "when": when_controls(what, typed, wrong),
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "problems": [(Problem(name, words), True) for name, words in wrong.items()],
    }  # fmt: skip
    return render(request, "hearings/statement.html", context, status=status)


def point_controls(what: Doing, request: HttpRequest, wrong: Wrong) -> list[Control]:
    typed, first = request.POST.getlist("point"), next_number(what.acts)
    count = max(ROWS, len(typed) + (MORE if request.POST.get("do") == "more" else 0))
    return [
        Control(
            f"point.{place + 1}", gettext("第 %(number)s 点") % {"number": first + place}, "textarea",
            (typed[place],) if place < len(typed) else (), required=place == 0, error=wrong.get(f"point.{place + 1}", ""),
        )
        for place in range(min(count, MOST))
    ]  # fmt: skip


def when_controls(what: Doing, typed: Any, wrong: Wrong) -> list[Control]:
    shown = typed.get("at") or what.at.strftime("%Y-%m-%dT%H:%M:%S")
    return [
        Control("at", "当事人陈述的时间", "datetime", (shown,), required=True, error=wrong.get("at", "")),
        Control("late", "补录说明", "textarea", (typed.get("late", ""),), hint="补录以前的陈述申辩才填",
                error=wrong.get("late", "")),
    ]  # fmt: skip


def answer_controls(one: Point, typed: Any, wrong: Wrong) -> tuple[Control, Control]:
    result, reason = f"result.{one.number}", f"reason.{one.number}"
    return (
        Control(result, "复核结果", "radio", (typed.get(result, ""),), tuple(labels("reexamination_result").items()),
                required=True, error=wrong.get(result, "")),
        Control(reason, "理由", "textarea", (typed.get(reason, ""),), hint="不采纳的必须写明",
                error=wrong.get(reason, "")),
    )  # fmt: skip
