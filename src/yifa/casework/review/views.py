"""Legality review at the desk: what waits, the seven points of one case, and the rounds a case went through."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.act_words import act_words
from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.forms.controls import Control
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.offered import ways
from yifa.casework.cases.permissions import proposal_words
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.proposals.actions.submitting import may_handle
from yifa.casework.proposals.errors import NotPermitted, ProposalError
from yifa.casework.proposals.models import OPEN, Proposal
from yifa.casework.review import actions, ties
from yifa.casework.review.errors import ReviewError
from yifa.casework.review.models import OPEN as GOING_ON
from yifa.casework.review.models import OPINED, RETURNED, ReviewRound
from yifa.casework.review.queries import KIND, day_of, loads, rounds_of, waiting
from yifa.casework.review.reading import LONGEST, Wrong, asked, problems, read
from yifa.law.events import KINDS
from yifa.law.labels import labels
from yifa.law.packs import UnknownParameter
from yifa.law.review import FAIL, needed
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import now, today
from yifa.listing.desk import organ_code_of, see_other
from yifa.registry.laws.queries import law_of, read_record
from yifa.registry.organs.models import Organ
from yifa.registry.people.queries import names_of, staff_of

MOVED = "本案刚刚有新的办理记录，没有出具意见。请重新核对后再提交；您填写的内容还在下面。"
DONE = {"saved": "已保存。还没有出具意见，可以接着审核。", "returned": "已退回补正，承办人会在待办中看到。"}


@login_required
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for review, the nearest day first, and what each reviewer has in hand."""
    organ = Organ.objects.get(code=organ_code_of(request))
    names, day = names_of(organ.code), today()
    found = waiting(organ.code, law_of(organ.code, organ.territory), day, getattr(request, "reach", None))
    counted = loads(organ.code, day.year)
    reviewers = [
        key for key, one in staff_of(organ.code).items() if "reviewer" in one["roles"] or key in counted
    ]
    addressed = [one.reviewer for one in found]
    context = {
        "waiting": [(one, names.get(one.reviewer, "")) for one in found], "year": day.year,
        "loads": [(names.get(key, key), addressed.count(key), counted.get(key)) for key in reviewers],
        "anyone": addressed.count(""),
    }  # fmt: skip
    return render(request, "review/reviews.html", context)


@login_required
@require_safe
def of_one_case(request: HttpRequest, no: str) -> HttpResponse:
    """Whether the case needs review and why, and every round there was."""
    try:
        what = asked_of(request, organ_code_of(request), no)
    except UnknownCase:
        return unknown(request, no)
    waits = Proposal.objects.filter(case=what.case, kind=KIND, state=OPEN).first()
    context = {
        "doing": what, "why": why(what), "waits": waits, "rounds": shown_rounds(what), "words": proposal_words(KIND, what.person, what.case, what.acts),
    }  # fmt: skip
    return render(request, "review/of_case.html", context)


def asked_of(request: HttpRequest, organ: str, no: str) -> Doing:
    """Raises UnknownCase."""
    return doing(organ, no, KIND, staff_no_of(request), request.user.roles, now(), mode="confirm")


def why(what: Doing) -> list[str] | None:
    """Why the case needs review; None where the organ has no catalogue on the day."""
    try:
        return needed(read_record(what.raw), what.at)
    except UnknownParameter:
        return None


def shown_rounds(what: Doing) -> list[dict[str, Any]]:
    known = ties.places(what.case.no, what.acts)
    return [
        {"round": one, "reviewer": what.names.get(one.reviewer, one.reviewer), "points": shown_points(one, what.case.no, known)}
        for one in rounds_of(what.case.no)
    ]  # fmt: skip


def shown_points(one: ReviewRound, case_no: str, known: Any) -> list[dict[str, Any]]:
    return [
        {
            "point": point,
            "ties": [(ties.words(tie, known), ties.address(case_no, tie, known)) for tie in point.ties],
        }
        for point in one.points.all()
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, no: str) -> HttpResponse:
    """The seven points beside the case; POST keeps them, gives the opinion or sends back (303), or says why not."""
    found = Proposal.objects.filter(organ_id=organ_code_of(request), no=no, kind=KIND).first()
    if found is None:
        return render(request, "review/unknown.html", {"no": no}, status=404)
    what = asked_of(request, found.organ_id, found.case_id)
    deed = DEEDS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if deed is None:
        return page(request, found, what)
    refused = may_handle(found, what.person, what.acts)
    if refused and request.POST["do"] != "paper":
        return page(request, found, what, status=403, said=refused)
    wrong: Wrong = {}
    try:
        done = deed(request, found, what, wrong)
    except NotPermitted as error:
        return page(request, found, what, status=403, said=str(error))
    except StepRefused as error:
        return page(request, found, what, status=409, blocked=ways(what.explained(error.findings)))
    except StaleEdition:
        return page(request, found, what, status=409, said=MOVED)
    except InvalidAct as error:
        return page(request, found, what, status=422, said="；".join(error.problems))
    except (ProposalError, ReviewError) as error:
        return page(request, Proposal.objects.get(no=no), what, status=409, said=str(error))
    return done or page(request, found, what, status=422, wrong=wrong)


def common(
    request: HttpRequest, found: Proposal, what: Doing, wrong: Wrong, *, whole: bool
) -> dict[str, Any]:
    points = read(request.POST, ties.places(what.case.no, what.acts), wrong, whole=whole)
    actor = actor_of(request.user, role="reviewer", organ=found.organ_id)
    return {"no": found.no, "points": points, "person": what.person or {}, "actor": actor}


def last_words(request: HttpRequest, wrong: Wrong) -> str:
    words = tidy(request.POST.get("last_words", ""))
    if len(words) > LONGEST:
        wrong["last_words"] = "内容太长，请删短。"
    elif said := fault("总的意见", words, LONGEST):
        wrong["last_words"] = said
    return words


def save(request: HttpRequest, found: Proposal, what: Doing, wrong: Wrong) -> HttpResponse | None:
    given = common(request, found, what, wrong, whole=False)
    if wrong:
        return None
    actions.save(**given)
    return see_other(f"{reverse('review', args=[found.no])}?done=saved")


def opine(request: HttpRequest, found: Proposal, what: Doing, wrong: Wrong) -> HttpResponse | None:
    given = common(request, found, what, wrong, whole=True)
    opinion, words = request.POST.get("opinion", ""), last_words(request, wrong)
    if opinion not in labels("opinion"):
        wrong["opinion"] = "请选择审核意见。"
    if request.POST.get("expected") != str(what.case.act_count):
        raise StaleEdition(expected=0, found=what.case.act_count)
    if wrong:
        return None
    act = actions.opine(opinion=opinion, words=words, expected=what.case.act_count, **given)
    return see_other(f"{reverse('case', args=[what.case.no])}?recorded={act.seq}")


def send_back(request: HttpRequest, found: Proposal, what: Doing, wrong: Wrong) -> HttpResponse | None:
    given = common(request, found, what, wrong, whole=True)
    words = last_words(request, wrong)
    if wrong:
        return None
    actions.send_back(words=words, **given)
    return see_other(f"{reverse('review', args=[found.no])}?done=returned")


def paper(request: HttpRequest, found: Proposal, what: Doing, wrong: Wrong) -> HttpResponse | None:
    done = ReviewRound.objects.filter(proposal=found, state=OPINED).first()
    me = (what.person or {"id": ""})["id"]
    if done is None or me != done.reviewer:
        raise NotPermitted("法制审核意见书由出具意见的审核人员本人制作。")
    actor = actor_of(request.user, role="reviewer", organ=found.organ_id)
    made = actions.prepare(found=done, by=me, actor=actor)
    return see_other(reverse("document", args=[what.case.no, made.no]))


DEEDS = {"save": save, "opine": opine, "return": send_back, "paper": paper}


def page(
    request: HttpRequest, found: Proposal, what: Doing, *, status: int = 200, wrong: Wrong | None = None, said: str = "",
    blocked: Any = (),
) -> HttpResponse:  # fmt: skip
    wrong = wrong or {}
    known = ties.places(what.case.no, what.acts)
    rounds = ReviewRound.objects.filter(proposal=found).prefetch_related("points")
    going_on = next((one for one in rounds if one.state == GOING_ON), None)
    returned = [one for one in rounds if one.state == RETURNED]
    refused = may_handle(found, what.person, what.acts) or ""
    can = found.state == OPEN and not refused
    before = {one.key: one for one in returned[-1].points.all() if one.verdict == FAIL} if returned else {}
    kept = {one.key: one for one in going_on.points.all()} if going_on else {}
    opinions = Control("opinion", "审核意见", "radio", (request.POST.get("opinion", ""),), tuple(labels("opinion").items()),
                       required=True, error=wrong.get("opinion", ""))  # fmt: skip
    context = {
        "proposal": found, "doing": what, "case": what.case, "why": why(what), "can": can, "said": said, "ways": blocked,
        "refused": refused if found.state == OPEN else "", "round": len([one for one in rounds if one.state != GOING_ON]) + 1,
        "asked": asked(request.POST, kept, before, known, wrong) if can else [], "opinions": opinions,
        "last_words": Control("last_words", "总的意见", "textarea", (request.POST.get("last_words", ""),), error=wrong.get("last_words", "")),
        "due": day_of(found, law_of(found.organ_id, what.case.organ.territory), what.at.date()),
        "places": known.values(), "rounds": shown_rounds(what), "facts": what.case.violation.get("facts", []),
        "submitted_by": what.names.get(found.submitted_by, found.submitted_by), "pack": pack(what),
        "writes": any(one.state == OPINED and what.person and one.reviewer == what.person["id"] for one in rounds),
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None, "problems": problems(wrong),
    }  # fmt: skip
    return render(request, "review/review.html", context, status=status)


def pack(what: Doing) -> list[dict[str, Any]]:
    """The acts a reviewer reads, in words: what was found, proposed, told and answered."""
    shown = (
        "investigation_closed", "prior_notice_served", "statement_made", "statement_reexamined", "statement_waived",
        "hearing_waived", "hearing_held",
    )  # fmt: skip
    return [
        {"seq": one.seq, "label": KINDS[one.kind].label, "at": one.at, "words": act_words(one, what.names)}
        for one in what.acts_of(*shown)
    ]
