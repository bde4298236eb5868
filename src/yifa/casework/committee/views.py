"""One meeting: agenda, recusals, attendance, opening of cases, minutes and signatures."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.errors import StaleEdition
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.committee import actions, queries
from yifa.casework.committee.calling_views import Wrong, actor_here, person_of
from yifa.casework.committee.errors import CommitteeError, NotPermitted
from yifa.casework.committee.models import CALLED, CHOICES, OBJECTED, SIGNING, AgendaItem, CommitteeMeeting
from yifa.casework.proposals.errors import ProposalError
from yifa.casework.proposals.models import CLOSED as VOTED
from yifa.casework.proposals.models import DELIBERATING
from yifa.law.labels import label
from yifa.ledger.clock import now
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.people.queries import names_of

LONGEST, MINUTES = 4000, 20_000
DONE = {
    "called": "会议已经召集，请把案件列入议程。参加人员会在待办中看到。", "put": "已列入议程。", "here": "已签到。",
    "recused": "已记下您的回避，本案不计您参加。", "minutes": "纪要已经提交，请到会人员各自登录签字。", "signed": "您已签字。",
    "cancelled": "会议已经取消。",
}  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, no: str) -> HttpResponse:
    """GET reads; POST does one thing (303), or says why not (403, 409, 422)."""
    found = queries.meeting_of(organ_code_of(request), no)
    if found is None:
        return render(request, "committee/unknown.html", {"no": no}, status=404)
    person = person_of(request)
    deed = DEEDS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if deed is None:
        return page(request, found, person)
    wrong: Wrong = {}
    try:
        done = deed(request, found, person, wrong)
    except NotPermitted as error:
        return page(request, found, person, status=403, said=str(error))
    except (CommitteeError, ProposalError, StaleEdition) as error:
        return page(request, CommitteeMeeting.objects.get(no=no), person, status=409, said=str(error))
    return done or page(request, found, person, status=422, wrong=wrong)


def back(found: CommitteeMeeting, done: str) -> HttpResponse:
    return see_other(f"{reverse('committee-meeting', args=[found.no])}?done={done}")


def common(request: HttpRequest, found: CommitteeMeeting, person: dict[str, Any]) -> dict[str, Any]:
    return {"no": found.no, "person": person, "actor": actor_here(request, person)}


def serial_of(request: HttpRequest) -> int:
    typed = request.POST.get("item", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


def text(request: HttpRequest, name: str, wrong: Wrong, ask: str, longest: int = LONGEST) -> str:
    words = tidy(request.POST.get(name, ""))
    if (ask and not words) or len(words) > longest:
        wrong[name] = ask or "内容太长，请删短。"
    elif said := fault("内容", words, longest):
        wrong[name] = said
    return words


def put(request: HttpRequest, found: CommitteeMeeting, person: Any, wrong: Wrong) -> HttpResponse | None:
    case_no = text(request, "case_no", wrong, "请填写案件编号，例如 2026-0001。", 16)
    question = text(request, "question", wrong, "请写明讨论的问题。")
    if wrong:
        return None
    actions.put_on(case_no=case_no, question=question, **common(request, found, person))
    return back(found, "put")


def attend(request: HttpRequest, found: CommitteeMeeting, person: Any, wrong: Wrong) -> HttpResponse:
    actions.attend(**common(request, found, person))
    return back(found, "here")


def recuse(request: HttpRequest, found: CommitteeMeeting, person: Any, wrong: Wrong) -> HttpResponse | None:
    serial = serial_of(request)
    reason = text(request, f"reason.{serial}", wrong, "请写明回避的理由。")
    if wrong:
        return None
    actions.recuse(serial=serial, reason=reason, **common(request, found, person))
    return back(found, "recused")


def open_item(request: HttpRequest, found: CommitteeMeeting, person: Any, wrong: Wrong) -> HttpResponse:
    typed = request.POST.get("expected", "")
    expected = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else -1
    made = actions.open_item(
        serial=serial_of(request),
        chair=request.POST.get("chair", ""),
        expected=expected,
        **common(request, found, person),
    )
    return see_other("deliberation", made.no)


def minutes(request: HttpRequest, found: CommitteeMeeting, person: Any, wrong: Wrong) -> HttpResponse | None:
    words = text(request, "minutes", wrong, "请写明会议纪要，不超过 20000 个字。", MINUTES)
    if wrong:
        return None
    actions.write_minutes(words=words, **common(request, found, person))
    return back(found, "minutes")


def sign(request: HttpRequest, found: CommitteeMeeting, person: Any, wrong: Wrong) -> HttpResponse | None:
    choice = request.POST.get("choice", "")
    if choice not in CHOICES:
        wrong["choice"] = "请选择怎样签字。"
    words = text(request, "words", wrong, "有保留意见的，请写明。" if choice == OBJECTED else "")
    if wrong:
        return None
    actions.sign(choice=choice, words=words, **common(request, found, person))
    return back(found, "signed")


def cancel(request: HttpRequest, found: CommitteeMeeting, person: Any, wrong: Wrong) -> HttpResponse | None:
    words = text(request, "cancel_words", wrong, "请写明取消的理由。")
    if wrong:
        return None
    actions.cancel(words=words, **common(request, found, person))
    return back(found, "cancelled")


DEEDS = {
    "put": put, "attend": attend, "recuse": recuse, "open": open_item, "minutes": minutes, "sign": sign, "cancel": cancel,
}  # fmt: skip


def page(
    request: HttpRequest, found: CommitteeMeeting, person: dict[str, Any], *, status: int = 200, wrong: Wrong | None = None,
    said: str = "",
) -> HttpResponse:  # fmt: skip
    wrong, names, me = wrong or {}, names_of(found.organ_id), person["id"]
    here = [one.person for one in found.attendances.all()]
    items = [shown(one, found, names, me) for one in queries.items_of(found)]
    signed = {one.person: one for one in found.signatures.all()}
    called, head = found.state == CALLED, "head" in person["roles"]
    discussed = [one["item"].deliberation for one in items if one["item"].deliberation]
    chairs = me == found.chaired_by
    context = {
        "meeting": found, "items": items, "said": said, "wrong": wrong, "typed": request.POST, "called": called,
        "people": [(names.get(who, who), who in here, who == found.chaired_by) for who in in_order(found)],
        "signatures": [(names.get(who, who), signed.get(who)) for who in here] if found.minutes else [],
        "may_put": called and head, "may_attend": called and me in found.members and me not in here and now() >= found.starts_at,
        "may_write": called and chairs and bool(discussed) and all(one.state != DELIBERATING for one in discussed),
        "may_sign": found.state == SIGNING and me in here and me not in signed, "may_cancel": called and head and not discussed,
        "chairs": chairs, "draft": actions.draft(found, names), "choices": CHOICES.items(), "missing": missing(found, here, signed, names),
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "problems": [(Problem(name, words), True) for name, words in wrong.items()],
    }  # fmt: skip
    return render(request, "committee/meeting.html", context, status=status)


def in_order(found: CommitteeMeeting) -> list[str]:
    """The order of speaking: the chair last."""
    return sorted(found.members, key=lambda who: who == found.chaired_by)


def missing(found: CommitteeMeeting, here: list[str], signed: Any, names: Any) -> list[str]:
    return [names.get(who, who) for who in here if who not in signed] if found.state == SIGNING else []


def shown(item: AgendaItem, found: CommitteeMeeting, names: Any, me: str) -> dict[str, Any]:
    """One case on the agenda with who takes part in it."""
    now_standing = actions.standing(item, list(item.case.acts.all()))
    meeting_open = found.state == CALLED and item.deliberation is None
    staff_heads = [who for who in now_standing.taking_part if who in (found.chaired_by, *found.members)]
    reviews = [one for one in item.case.acts.all() if one.kind == "legality_reviewed"]
    return {
        "item": item, "standing": now_standing, "out": [(names.get(who, who), why) for who, why in now_standing.out],
        "chairs": [(who, names.get(who, who)) for who in staff_heads], "chair": found.chaired_by,
        "may_recuse": meeting_open and me in found.members and all(one.person != me for one in item.recusals.all()),
        "may_open": meeting_open and me == found.chaired_by, "review": label("opinion", reviews[-1].data["opinion"]) if reviews else "",
        "field": f"reason.{item.serial}", "voted": bool(item.deliberation and item.deliberation.state == VOTED),
        "going_on": bool(item.deliberation and item.deliberation.state == DELIBERATING),
    }  # fmt: skip
