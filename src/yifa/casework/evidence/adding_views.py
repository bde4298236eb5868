"""Adding evidence with its files (上传证据), adding a file to evidence there is, or one made from a file (制作件)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused, UnknownCase
from yifa.casework.cases.forms import Control, controls, first_values, from_record, read_event
from yifa.casework.cases.offered import ways
from yifa.casework.cases.views import staff_no_of, unknown
from yifa.casework.evidence import actions
from yifa.casework.evidence.errors import AlreadyTaken, FileGone, NotPermitted, UnknownEvidence
from yifa.casework.evidence.forms import (
    FILES,
    WORDS,
    Files,
    read_choice,
    read_files,
    read_words,
    source_controls,
)
from yifa.casework.evidence.models import COPY, DERIVED, ORIGINAL, EvidenceFile
from yifa.casework.evidence.permissions import check_can_add
from yifa.casework.evidence.queries import KIND, Item, item_of
from yifa.casework.evidence.uploads import into_store
from yifa.casework.evidence.views import Seen, keeper, seen_by
from yifa.ledger.clock import now
from yifa.listing.desk import kept_typing, organ_code_of, see_other
from yifa.listing.errors import Problem

ARCHIVED = "案件已经归档，不能再增加证据。需要补充的，先恢复办理。"
MOVED = "本案刚刚有新的办理记录，没有收下。请重新核对后再提交；您填写的内容和文件都还在。"
GONE = "先前收到的文件已经不在，请重新选择。"
ASK_FORM = "请选择原件或者复制件。"
ASK_WHY = "请写明为什么照原样收下，例如：当事人提供的手机录像，本来就断在这里。"
ASK_DEED = "请写明做了什么、用什么工具和参数，例如：截取 00:30 至 01:10，某某软件 3.2 版。"
FIRST = ("evidence_kind", "proves", "by", "verified", "lawful_source", "form", "words", "at", "id")
Wrong = dict[str, str]


@into_store
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, no: str) -> HttpResponse:
    """The act `evidence_added` with its files in one form: GET shows it, POST records both (303) or says what is wrong."""
    try:
        seen = seen_by(request, no)
        what = doing(organ_code_of(request), no, KIND, staff_no_of(request), request.user.roles, now())
    except UnknownCase:
        return unknown(request, no)
    if what.refused:
        return page(request, what, QueryDict(), status=403, refused=what.refused)
    if what.archived():
        return page(request, what, QueryDict(), status=409, refused=ARCHIVED)
    if request.method != "POST":
        return page(request, what, kept_typing(request) or first_values(what))
    return post(request, seen, what)


def post(request: HttpRequest, seen: Seen, what: Doing) -> HttpResponse:
    typed, files = request.POST, read_files(request, what.case.no)
    event, problems = read_event(what, typed)
    form = read_choice(typed, "form", (ORIGINAL, COPY), ASK_FORM, problems)
    why = ASK_WHY if files.as_is and files.damaged else ""
    words = read_words(typed, "words", "来源和提取过程", WORDS, problems, needed=why)
    if files.faults:
        problems[FILES] = files.faults[0]
    if typed.get("expected") != str(what.case.act_count):
        return page(request, what, typed, status=409, files=files, said=MOVED)
    if problems:
        status = 507 if files.no_room else 422
        return page(request, what, typed, status=status, files=files, problems=problems)
    try:
        act = actions.add_evidence(
            event=event, files=files.arrived, by=(what.person or {})["id"], actor=keeper(request, seen), form=form, words=words,
            seen=what.seen, entered_late=what.entered_late(event),
        )  # fmt: skip
    except StaleEdition:
        return page(request, what, typed, status=409, files=files, said=MOVED)
    except InvalidAct as error:
        return page(request, what, typed, status=422, files=files, problems=from_record(error.problems))
    except StepRefused as error:
        return page(request, what, typed, status=409, files=files, blocked=what.explained(error.findings))
    except AlreadyTaken as error:
        return page(request, what, typed, status=422, problems={FILES: str(error)})
    except FileGone:
        return page(request, what, typed, status=422, problems={FILES: gettext(GONE)})
    return see_other(f"{reverse('evidence-item', args=[what.case.no, act.seq])}?done=added")


def page(
    request: HttpRequest, what: Doing, typed: QueryDict, *, status: int = 200, files: Files | None = None,
    problems: Wrong | None = None, said: str = "", refused: str = "", blocked: Any = (),
) -> HttpResponse:  # fmt: skip
    """The form of new evidence; `expected` is the number of acts as the case stands now."""
    wrong = problems or {}
    fields = [] if refused else controls(what, typed, wrong) + source_controls(typed, wrong)
    context = {
        "case": what.case, "doing": what, "controls": sorted(fields, key=place), "files": files or Files(), "said": said,
        "refused": refused, "ways": ways(blocked), "wrong": wrong,
        "problems": summary(wrong, files, {one.name for one in fields}),
    }  # fmt: skip
    return render(request, "evidence/new.html", context, status=status)


def place(control: Control) -> int:
    """What is asked every time stands first; the number, the moment and what is rare behind it."""
    return FIRST.index(control.name) if control.name in FIRST else len(FIRST)


def summary(wrong: Wrong, files: Files | None, on_page: set[str]) -> list[tuple[Problem, bool]]:
    """Every fault with whether its field is on the page: all those of the files first."""
    of_files = files.faults if files and files.faults else [wrong[FILES]] if FILES in wrong else []
    others = [(Problem(name, words), name in on_page) for name, words in wrong.items() if name != FILES]
    return [(Problem(FILES, words), True) for words in of_files] + others


@into_store
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, no: str, seq: int) -> HttpResponse:
    """A further file of the evidence; with `?from=SERIAL` one made from that file, whose original stays as it is."""
    try:
        seen = seen_by(request, no)
        item = item_of(seen.case, seq)
        source = source_of(request, item)
    except UnknownCase:
        return unknown(request, no)
    except UnknownEvidence:
        return render(request, "evidence/unknown.html", {"no": no}, status=404)
    why, status = refused_to_add(request, seen)
    if why:
        return add_page(request, seen, item, source, status=status, refused=why)
    if request.method != "POST":
        return add_page(request, seen, item, source)
    return post_file(request, seen, item, source)


def source_of(request: HttpRequest, item: Item) -> EvidenceFile | None:
    """Raises UnknownEvidence where `from` names no file of this evidence."""
    asked = request.GET.get("from", "")
    found = next((one for one in item.files if str(one.serial) == asked), None)
    if asked and found is None:
        raise UnknownEvidence(asked)
    return found


def refused_to_add(request: HttpRequest, seen: Seen) -> tuple[str, int]:
    """Why no file may be added now and the status of that answer; ("", 200) where one may."""
    try:
        check_can_add(seen.person, seen.case, seen.acts)
    except NotPermitted as error:
        return str(error), 403
    what = doing(seen.case.organ_id, seen.case.no, KIND, staff_no_of(request), request.user.roles, now())
    return (ARCHIVED, 409) if what.archived() else ("", 200)


def post_file(request: HttpRequest, seen: Seen, item: Item, source: EvidenceFile | None) -> HttpResponse:
    typed, files, wrong = request.POST, read_files(request, seen.case.no), {}
    form = DERIVED if source else read_choice(typed, "form", (ORIGINAL, COPY), ASK_FORM, wrong)
    title = "做了什么" if source else "来源和提取过程"
    why = ASK_DEED if source else ASK_WHY if files.as_is and files.damaged else ""
    words = read_words(typed, "words", title, WORDS, wrong, needed=why)
    if files.faults:
        wrong[FILES] = files.faults[0]
    if wrong:
        status = 507 if files.no_room else 422
        return add_page(request, seen, item, source, status=status, files=files, wrong=wrong)
    common = {
        "act": item.act,
        "by": (seen.person or {})["id"],
        "actor": keeper(request, seen),
        "form": form,
        "words": words,
    }
    try:
        made = actions.add_files(files=files.arrived, derived_from=source, **common)
    except (AlreadyTaken, FileGone) as error:
        words = gettext(GONE) if isinstance(error, FileGone) else str(error)
        return add_page(request, seen, item, source, status=422, wrong={FILES: words})
    return see_other(
        f"{reverse('evidence-item', args=[seen.case.no, item.seq])}?file={made[0].serial}&done=file"
    )


def add_page(
    request: HttpRequest, seen: Seen, item: Item, source: EvidenceFile | None, *, status: int = 200, refused: str = "",
    files: Files | None = None, wrong: Wrong | None = None,
) -> HttpResponse:  # fmt: skip
    wrong = wrong or {}
    fields = source_controls(request.POST, wrong)
    if source:
        fields = [one for one in fields if one.name == "words"]
    context = {
        "case": seen.case, "item": item, "source": source, "refused": refused, "files": files or Files(), "wrong": wrong,
        "controls": fields, "deed": ASK_DEED, "problems": summary(wrong, files, {one.name for one in fields}),
    }  # fmt: skip
    return render(request, "evidence/add.html", context, status=status)
