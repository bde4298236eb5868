"""One item of evidence: its files to look at, the player with its marks, custody, the second officer's check."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from yifa.casework.cases.errors import UnknownCase
from yifa.casework.cases.views import unknown
from yifa.casework.evidence import actions
from yifa.casework.evidence.adding_views import refused_to_add, see_other
from yifa.casework.evidence.errors import EvidenceError, FileChanged, FileGone, NotPermitted, UnknownEvidence
from yifa.casework.evidence.forms import LINKS, NOTE, WORDS, clock_words, read_choice, read_second, read_words
from yifa.casework.evidence.media import BY_TYPE
from yifa.casework.evidence.models import CHECKED, CUSTODY, FORMS, HANDED_OVER, EvidenceFile
from yifa.casework.evidence.permissions import can, check_can_add, check_can_keep, check_can_verify
from yifa.casework.evidence.queries import Item, custody_of, file_of, item_of
from yifa.casework.evidence.serving import begins, serve
from yifa.casework.evidence.views import Seen, keeper, seen_by
from yifa.ledger.mode import IntegrityBroken
from yifa.ledger.repeated import Repeated
from yifa.listing.errors import Problem

BROKEN = (
    "存储中的文件与入库时的哈希不一致或者已经缺失：{0}。不要作为证据使用，请联系监督人员和系统管理员核查。"
)
COMPARED_AT_ONCE = 64 * 1024**2
"""Bytes hashed again each time their page is opened: some fifty milliseconds."""
ASK_MARK = "请写明这里可以看到什么，例如：出示证件。"
ASK_TIME = "位置要写成 分:秒，例如 00:41。"
ASK_KIND = "请选择移交、查验或者退还。"
ASK_TO = "请选择交给谁；交给本机关以外的，请在说明中写明。"
ASK_WHY = "请写明经过和物品状态。"
Wrong = dict[str, str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, no: str, seq: int) -> HttpResponse:
    """`?file=` chooses the file shown, `?t=` a place in it, to be cited; POST does one thing (303) or says why not."""
    try:
        seen = seen_by(request, no)
        found = item_of(seen.case, seq)
    except UnknownCase:
        return unknown(request, no)
    except UnknownEvidence:
        return render(request, "evidence/unknown.html", {"no": no}, status=404)
    if request.method != "POST":
        return look(request, seen, found)
    try:
        return DEEDS.get(request.POST.get("do", ""), look)(request, seen, found)
    except Repeated as twin:
        request.sent_again = twin.key  # type: ignore[attr-defined]
        return page(request, seen, found, status=409)
    except NotPermitted as error:
        return page(request, seen, found, status=403, said=str(error))
    except (FileGone, FileChanged) as error:
        return page(request, seen, found, status=409, said=gettext(BROKEN).format(error))


def look(request: HttpRequest, seen: Seen, found: Item) -> HttpResponse:
    text = request.GET.get("t", "")
    try:
        return page(request, seen, found, second=read_second(text) if text else None)
    except ValueError:
        return page(request, seen, found, status=422, wrong={"t": ASK_TIME})


def chosen(request: HttpRequest, found: Item) -> EvidenceFile | None:
    """The file asked for; else the first recording, else the first file."""
    asked = request.POST.get("file") or request.GET.get("file", "")
    for one in found.files:
        if str(one.serial) == asked:
            return one
    played = [one for one in found.files if family(one) in ("video", "audio")]
    return next(iter([*played, *found.files]), None)


def family(file: EvidenceFile) -> str:
    """image, video, audio or pdf where a browser shows it; else empty."""
    media = BY_TYPE.get(file.media)
    if media is None or not media.shown or not file.readable or not file.harmless:
        return ""
    return "pdf" if media.type == "application/pdf" else media.family


def back(found: Item, file: EvidenceFile | None, done: str, **more: Any) -> HttpResponse:
    query = urlencode({**({"file": file.serial} if file else {}), **more, "done": done})
    return see_other(f"{reverse('evidence-item', args=[found.act.case_id, found.seq])}?{query}")


def verify(request: HttpRequest, seen: Seen, found: Item) -> HttpResponse:
    """The second officer compares: the bytes first, then says so."""
    file, wrong = chosen(request, found), {}
    check_can_verify(seen.person, seen.acts, file.received_by if file else "")
    words = read_words(request.POST, "verify_words", "核验说明", WORDS, wrong)
    if wrong or file is None:
        return page(request, seen, found, status=422, wrong=wrong)
    actions.verify(
        file=file, by=(seen.person or {})["id"], words=words, actor=keeper(request, seen),
        again=request.POST.get("again", ""),
    )  # fmt: skip
    return back(found, file, "verified")


def mark(request: HttpRequest, seen: Seen, found: Item) -> HttpResponse:
    file, wrong = chosen(request, found), {}
    require_open(request, seen)
    words = read_words(request.POST, "mark_words", "标记", NOTE, wrong, needed=ASK_MARK)
    try:
        second = read_second(request.POST.get("second", ""))
    except ValueError:
        wrong["second"], second = ASK_TIME, 0
    if wrong or file is None:
        return page(request, seen, found, status=422, wrong=wrong)
    actions.mark(
        file=file, second=second, words=words, by=(seen.person or {})["id"], actor=keeper(request, seen),
        again=request.POST.get("again", ""),
    )  # fmt: skip
    return back(found, file, "marked", t=second)


def require_open(request: HttpRequest, seen: Seen) -> None:
    """Raises NotPermitted: marks are made by who may add evidence, while the case is not archived."""
    why, _ = refused_to_add(request, seen)
    if why:
        raise NotPermitted(why)


def custody(request: HttpRequest, seen: Seen, found: Item) -> HttpResponse:
    """A link of the chain of custody: of the item, or of the file that is shown."""
    wrong: Wrong = {}
    check_can_keep(seen.person, seen.case, seen.acts)
    kind = read_choice(request.POST, "kind", LINKS, ASK_KIND, wrong)
    to = read_choice(request.POST, "to", ("", *seen.staff), ASK_TO, wrong)
    words = read_words(
        request.POST,
        "custody_words",
        "经过",
        WORDS,
        wrong,
        needed=ASK_TO if kind == HANDED_OVER and not to else ASK_WHY,
    )
    if wrong:
        return page(request, seen, found, status=422, wrong=wrong)
    actions.note_custody(
        act=found.act,
        kind=kind,
        by=(seen.person or {})["id"],
        to=to,
        words=words,
        actor=keeper(request, seen),
        again=request.POST.get("again", ""),
    )
    return back(found, chosen(request, found), "custody")


DEEDS = {"verify": verify, "mark": mark, "custody": custody}


def found_broken(file: EvidenceFile | None) -> str:
    """What is wrong with the stored bytes; a file of moderate size is compared now, a larger one by the second officer and by night."""
    if file is None or (file.size > COMPARED_AT_ONCE and file.broken_at is None):
        return ""
    return actions.compare(file)


def page(
    request: HttpRequest, seen: Seen, found: Item, *, status: int = 200, said: str = "", wrong: Wrong | None = None,
    second: int | None = None,
) -> HttpResponse:  # fmt: skip
    file, wrong = chosen(request, found), wrong or {}
    links = custody_of(found.act)
    checks = {one.file_id: one for one in links if one.kind == CHECKED}
    acts = seen.acts
    source = reverse("evidence-file", args=[seen.case.no, found.seq, file.serial]) if file else ""
    context = {
        "case": seen.case, "item": found, "file": file, "family": family(file) if file else "", "names": seen.names, "said": said,
        "source": source, "broken": found_broken(file),
        "played": source if second is None else f"{source}#t={second}",
        "second": second, "at": clock_words(second) if second is not None else "", "marks": marks_of(found, file),
        "forms": FORMS, "custody": links, "checks": checks, "links": [(one, CUSTODY[one]) for one in LINKS],
        "typed": request.POST, "wrong": wrong, "problems": [(Problem(name, words), True) for name, words in wrong.items()],
        "done": request.GET.get("done") if request.method != "POST" else "",
        "openings": file.openings.count() if file else 0, "taken": file.openings.filter(taken_away=True).count() if file else 0,
        "may_add": can(check_can_add, seen.person, seen.case, acts), "may_keep": can(check_can_keep, seen.person, seen.case, acts),
        "may_verify": bool(file) and can(check_can_verify, seen.person, acts, file.received_by if file else ""),
        "people": [(key, one["name"]) for key, one in seen.staff.items()],
    }  # fmt: skip
    return render(request, "evidence/item.html", context, status=status)


def marks_of(found: Item, file: EvidenceFile | None) -> list[dict[str, str]]:
    """The marks of a recording as the player shows them, each with its address."""
    if file is None:
        return []
    base = reverse("evidence-item", args=[file.case_id, found.seq])
    return [
        {"at": clock_words(one.second), "words": one.words, "url": f"{base}?file={file.serial}&t={one.second}#player"}
        for one in file.marks.all()
    ]  # fmt: skip


@login_required
@require_safe
def file(request: HttpRequest, no: str, seq: int, serial: int) -> HttpResponseBase:
    """The bytes, in ranges; `?as=attachment` to take them away. Who opens a file is in the access log."""
    try:
        seen = seen_by(request, no)
        found = file_of(seen.case, seq, serial)
    except UnknownCase:
        return unknown(request, no)
    except UnknownEvidence:
        return render(request, "evidence/unknown.html", {"no": no}, status=404)
    attachment = request.GET.get("as") == "attachment"
    try:
        answer = serve(request, found, attachment=attachment)
    except EvidenceError as error:
        context = {"no": no, "seq": seq, "words": gettext(BROKEN).format(error)}
        return render(request, "evidence/broken.html", context, status=409)
    if request.method == "GET" and answer.status_code in (200, 206) and begins(request):
        note(request, seen, found, attachment)
    return answer


def note(request: HttpRequest, seen: Seen, found: EvidenceFile, attachment: bool) -> None:
    """Evidence stays readable while nothing may be written."""
    try:
        actions.note_opening(
            file=found, by=f"user:{request.user.pk}", actor=keeper(request, seen), taken_away=attachment
        )
    except IntegrityBroken:
        return
