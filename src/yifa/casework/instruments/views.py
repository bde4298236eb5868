"""The papers of a case at the desk: begin, fill in, fix, seal, withdraw a number, revoke; the files of a paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yifa.casework.cases.doing import logged_in
from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.instruments import actions, approving
from yifa.casework.instruments.editable import docx
from yifa.casework.instruments.errors import (
    Incomplete,
    InstrumentError,
    NotPermitted,
    UnknownInstrument,
    WrongState,
)
from yifa.casework.instruments.models import DRAFT, FIXED, ISSUED, Instrument
from yifa.casework.instruments.permissions import can, check_can_finish, check_can_revoke, check_can_write
from yifa.casework.instruments.queries import Reading, draft_paper, due_forms, get_paper, papers_of, reading
from yifa.casework.instruments.standing import standing
from yifa.casework.instruments.typed import Control, read, shown
from yifa.casework.instruments.typesetting import pdf
from yifa.law.forms.definitions import definitions
from yifa.ledger import clock
from yifa.ledger.actions import Actor, actor_of
from yifa.ledger.checkpoints import SigningRefused
from yifa.ledger.document import receipt
from yifa.ledger.repeated import Repeated
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem
from yifa.registry.people.queries import staff_of

Wrong = dict[str, str]
WRITERS = ("handler", "head", "reviewer", "presiding", "committee")
"""In which role a paper is written: the first of these the person has."""
DONE = {
    "issue": "已用印。文书附有凭证，可以送达。", "fix": "已定稿并取号，等待用印。", "save": "已保存草稿。",
    "submit": "已送审。批准以前内容不能改动；需要改动的，先撤回。", "approve": "已批准并取号，等待用印。",
    "return": "已退回，送审人会在待办中看到。", "withdraw": "已撤回，文书又是草稿。",
    "void": "文号已作废并留在号簿中，文书退回草稿。", "revoke": "文书已撤销。文号和凭证保留。",
    "correct": "这是更正的文书，内容照原文书抄录。改正以后送审；用印之时，原文书成为“已更正”。",
    "filed": "已用印。文书附有凭证，已归入案卷。",
}  # fmt: skip
UNNUMBERED = {**DONE, "fix": "已定稿，等待用印。", "approve": "已批准，等待用印。"}
"""The same of forms without a number series."""
NOT_SIGNED = "日志头暂停签发，没有用印：%(why)s。文书仍是“待用印”，请联系系统管理员后再试。"


def person_of(request: HttpRequest, organ: str) -> dict[str, Any] | None:
    return logged_in(staff_of(organ), staff_no_of(request), request.user.roles)


def writer(request: HttpRequest, organ: str, person: Mapping[str, Any] | None) -> Actor:
    roles = person["roles"] if person else []
    return actor_of(request.user, role=next((one for one in WRITERS if one in roles), "head"), organ=organ)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, no: str) -> HttpResponse:
    """The papers of a case; POST begins one of the sixty."""
    organ = organ_code_of(request)
    try:
        case, papers = papers_of(organ, no)
    except UnknownCase:
        return unknown(request, no)
    person = person_of(request, organ)
    context = {
        "case": case, "papers": papers, "forms": definitions().values(), "may_write": can(check_can_write, person, case),
        "due": due_forms(case, [one for one, _ in papers]),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "instruments/documents.html", context)
    try:
        check_can_write(person, case)
    except NotPermitted as error:
        return render(request, "instruments/documents.html", {**context, "said": str(error)}, status=403)
    form = request.POST.get("form", "")
    if form not in definitions():
        wrong = [(Problem("form", "请选择要制作的文书。"), True)]
        return render(request, "instruments/documents.html", {**context, "problems": wrong}, status=422)
    try:
        made = actions.begin(
            case=case, form=form, by=(person or {})["id"], actor=writer(request, organ, person),
            again=request.POST.get("again", ""),
        )  # fmt: skip
    except Repeated as twin:
        request.sent_again = twin.key  # type: ignore[attr-defined]
        there = get_paper(organ, no, twin.key.partition(":")[2])
        return render(
            request, "instruments/documents.html", {**context, "asked": form, "there": there}, status=409
        )
    except WrongState as error:
        return render(request, "instruments/documents.html", {**context, "said": str(error)}, status=409)
    return see_other(reverse("document", args=[no, made.no]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, no: str, paper: str) -> HttpResponse:
    """One paper: GET reads, POST does one thing with it (303) or says why not (403, 409, 422)."""
    organ = organ_code_of(request)
    try:
        found = get_paper(organ, no, paper)
    except UnknownInstrument:
        return gone(request, no, paper)
    if request.method != "POST":
        return page(request, reading(found))
    try:
        return DEEDS.get(request.POST.get("do", ""), look)(request, found, person_of(request, organ))
    except NotPermitted as error:
        return page(request, reading(found), said=str(error), status=403)
    except Incomplete as error:
        return page(request, reading(get_paper(organ, no, paper)), faults=error.reasons, status=409)
    except SigningRefused as error:
        return page(request, reading(found), said=gettext(NOT_SIGNED) % {"why": error}, status=409)
    except InstrumentError as error:
        return page(request, reading(get_paper(organ, no, paper)), said=str(error), status=409)


def look(request: HttpRequest, found: Instrument, person: Any) -> HttpResponse:
    return page(request, reading(found))


def save(request: HttpRequest, found: Instrument, person: Any) -> HttpResponse:
    """Keep what was typed; `do=fix` goes on to fix it, `do=submit` to bring it before who approves."""
    check_can_finish(person, found)
    now = reading(found)
    values, wrong = read(now.fields, request.POST)
    dated = read_day(request, wrong)
    if wrong:
        return page(request, now, wrong=wrong, status=422)
    actor = writer(request, found.organ_id, person)
    actions.change(no=found.no, fields=values, dated_on=dated, actor=actor)
    if request.POST.get("do") == "fix":
        actions.fix(no=found.no, actor=actor)
    if request.POST.get("do") == "submit":
        approving.submit(no=found.no, by=(person or {})["id"], actor=actor)
    return back(found, request.POST["do"])


def seal(request: HttpRequest, found: Instrument, person: Any) -> HttpResponse:
    check_can_finish(person, found)
    actions.issue(no=found.no, actor=writer(request, found.organ_id, person))
    return back(found, "issue" if found.definition.handed_over else "filed")


def approve(request: HttpRequest, found: Instrument, person: Any) -> HttpResponse:
    approving.approve(no=found.no, person=person, actor=writer(request, found.organ_id, person))
    return back(found, "approve")


def withdraw(request: HttpRequest, found: Instrument, person: Any) -> HttpResponse:
    approving.withdraw(no=found.no, person=person, actor=writer(request, found.organ_id, person))
    return back(found, "withdraw")


Deed = Callable[[HttpRequest, Instrument, Any], HttpResponse]
NO_REASON = "请写明理由，不超过 2000 字。"


def with_reason(action: Callable[[Instrument, Any, str, Actor], Instrument]) -> Deed:
    """A deed that needs a reason; the page of the paper it leads to says what was done."""

    def done(request: HttpRequest, found: Instrument, person: Any) -> HttpResponse:
        reason, do = tidy(request.POST.get("reason", "")), request.POST["do"]
        if not reason or len(reason) > 2000:
            return page(request, reading(found), wrong={f"reason_{do}": NO_REASON}, status=422)
        if said := fault("理由", reason, 2000):
            return page(request, reading(found), wrong={f"reason_{do}": said}, status=422)
        return back(action(found, person, reason, writer(request, found.organ_id, person)), do)

    return done


def void(found: Instrument, person: Any, reason: str, actor: Actor) -> Instrument:
    check_can_revoke(person, found.case)
    return actions.void_number(no=found.no, reason=reason, actor=actor)


def revoke(found: Instrument, person: Any, reason: str, actor: Actor) -> Instrument:
    check_can_revoke(person, found.case)
    return actions.revoke(no=found.no, reason=reason, actor=actor)


def send_back(found: Instrument, person: Any, reason: str, actor: Actor) -> Instrument:
    return approving.send_back(no=found.no, person=person, reason=reason, actor=actor)


def correct(found: Instrument, person: Any, reason: str, actor: Actor) -> Instrument:
    check_can_write(person, found.case)
    return actions.correct(no=found.no, reason=reason, by=person["id"], actor=actor)


DEEDS: dict[str, Deed] = {
    "save": save, "fix": save, "submit": save, "issue": seal, "approve": approve, "withdraw": withdraw,
    "void": with_reason(void), "revoke": with_reason(revoke), "return": with_reason(send_back),
    "correct": with_reason(correct),
}  # fmt: skip


def back(found: Instrument, what: str) -> HttpResponse:
    return see_other(f"{reverse('document', args=[found.case_id, found.no])}?done={what}")


def read_day(request: HttpRequest, wrong: Wrong) -> date | None:
    text = request.POST.get("dated_on", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong["dated_on"] = "成文日期不是日期，请写成 2021-09-01"
        return None


def page(
    request: HttpRequest, now: Reading, *, wrong: Wrong | None = None, said: str = "", faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    paper, wrong = now.paper, wrong or {}
    person = person_of(request, paper.organ_id)
    typed = request.POST if wrong else {}
    controls = [
        Control(
            field, typed.get(field.key, shown(field, paper.fields.get(field.label))), field.label in now.kind.must,
            wrong.get(field.key, ""), now.unset.get(field.label, ""),
        )
        for field in now.fields
    ]  # fmt: skip
    names = {one.name for one in controls} | {"dated_on", *(f"reason_{deed}" for deed in DEEDS)}
    context = {
        "now": now, "paper": paper, "case": paper.case, "controls": controls, "said": said,
        "faults": faults if faults is not None else now.faults, "refused": faults is not None,
        "wrong": wrong, "problems": [(Problem(name, words), name in names) for name, words in wrong.items()],
        "dated": typed.get("dated_on", paper.dated_on.isoformat() if paper.dated_on else ""), 
        "shown": draft_paper(paper), "draft": paper.state == DRAFT, "fixed": paper.state == FIXED,
        "issued": paper.state == ISSUED, "may_write": can(check_can_finish, person, paper),
        "may_revoke": can(check_can_revoke, person, paper.case), "done_words": (DONE if now.kind.series else UNNUMBERED).get(request.GET.get("done", ""), ""),
        "said_reason": request.POST.get("reason", "") if wrong else "",
        "standing": standing(now, person, writer(request, paper.organ_id, person)),
    }  # fmt: skip
    return render(request, "instruments/document.html", context, status=status)


def gone(request: HttpRequest, no: str, paper: str) -> HttpResponse:
    return render(request, "instruments/unknown.html", {"no": no, "paper": paper}, status=404)


@login_required
@require_POST
def preview(request: HttpRequest, no: str, paper: str) -> HttpResponse:
    """The paper with what is typed now; nothing is kept."""
    try:
        found = get_paper(organ_code_of(request), no, paper)
    except UnknownInstrument:
        return gone(request, no, paper)
    values, _ = read(reading(found).fields, request.POST)
    found.fields, found.dated_on = values, read_day(request, {})
    return render(request, "instruments/_paper.html", {"shown": draft_paper(found)})


@login_required
@require_safe
def document_file(request: HttpRequest, no: str, paper: str, kind: str) -> HttpResponse:
    """The paper as PDF (the sealed file itself once there is one) or DOCX, or the receipt of its sealing."""
    try:
        found = get_paper(organ_code_of(request), no, paper)
    except UnknownInstrument:
        return gone(request, no, paper)
    try:
        data, type = FILES[kind](found)
    except (InstrumentError, SigningRefused, LookupError) as error:
        return page(request, reading(found), said=str(error), status=409)
    answer = HttpResponse(data, content_type=type)
    shown = "inline" if kind == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{found.no}.{kind}"'
    return answer


def as_pdf(found: Instrument) -> tuple[bytes, str]:
    if found.pdf_sha256:
        return bytes(found.file.pdf), "application/pdf"
    return pdf(draft_paper(found), found.dated_on or clock.today()), "application/pdf"


def as_docx(found: Instrument) -> tuple[bytes, str]:
    return docx(draft_paper(found)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_receipt(found: Instrument) -> tuple[bytes, str]:
    if not found.pdf_sha256:
        raise WrongState("这件文书还没有用印，没有存证回执。请先用印。")
    return json.dumps(receipt(found), ensure_ascii=False).encode(), "application/json"


FILES = {"pdf": as_pdf, "docx": as_docx, "json": as_receipt}
