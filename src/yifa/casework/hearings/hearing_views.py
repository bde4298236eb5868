"""One hearing: notify it, write its transcript, have it signed, end it, report; the papers prepared from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yifa.casework.cases.doing import Doing, doing
from yifa.casework.cases.errors import InvalidAct, StaleEdition, StepRefused
from yifa.casework.cases.forms.controls import Control
from yifa.casework.cases.forms.typed import fault, tidy
from yifa.casework.cases.offered import ways
from yifa.casework.cases.views import staff_no_of
from yifa.casework.hearings import actions
from yifa.casework.hearings.actions.papers import FORMS
from yifa.casework.hearings.errors import HearingError, NotPermitted
from yifa.casework.hearings.models import ARRANGED, HELD, LIVING, NOTIFIED, SIDES, SIGNATURES, Hearing
from yifa.casework.hearings.permissions import can, check_can_arrange, check_presides, check_records
from yifa.casework.instruments.models import Instrument
from yifa.casework.instruments.permissions import can as may
from yifa.casework.instruments.permissions import check_can_write
from yifa.law.labels import label, labels
from yifa.ledger.actions import actor_of
from yifa.ledger.clock import now
from yifa.ledger.repeated import Repeated
from yifa.listing.desk import organ_code_of, see_other
from yifa.listing.errors import Problem

LONGEST = 8000
MOVED = "本案刚刚有新的办理记录，没有记录。请重新核对后再提交。"
DONE = {
    "arranged": "听证已经安排。请制作听证通知书，送达当事人后在下面记录“已通知”。",
    "notified": "听证通知已经记入案卷。", "cancelled": "听证安排已经取消。", "line": "已记入笔录。", "signed": "已记录。",
    "held": "听证已经结束，记入案卷。当事人提出的各点意见待复核。", "reported": "听证报告已经提交。",
}  # fmt: skip
Wrong = dict[str, str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest, no: str) -> HttpResponse:
    """GET reads; POST does one thing (303), or says why not (403, 409, 422)."""
    found = Hearing.objects.filter(organ_id=organ_code_of(request), no=no).first()
    if found is None:
        return render(request, "hearings/unknown.html", {"no": no}, status=404)
    what = asked(request, found)
    deed = DEEDS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if deed is None:
        return page(request, found, what)
    if what.person is None:
        return page(request, found, what, status=403, said=what.refused or "")
    wrong: Wrong = {}
    try:
        act = deed(request, found, what, wrong)
        if wrong:
            return page(request, found, what, status=422, wrong=wrong)
        return see_other(act())
    except NotPermitted as error:
        return page(request, found, what, status=403, said=str(error))
    except StepRefused as error:
        return page(request, found, what, status=409, blocked=ways(what.explained(error.findings)))
    except Repeated as twin:
        request.sent_again = twin.key  # type: ignore[attr-defined]
        return page(request, found, what, status=409)
    except StaleEdition:
        return page(request, found, asked(request, found), status=409, said=MOVED)
    except InvalidAct as error:
        return page(request, found, what, status=422, said="；".join(error.problems))
    except HearingError as error:
        fresh = Hearing.objects.get(no=no)
        return page(request, fresh, asked(request, fresh), status=409, said=str(error))


def asked(request: HttpRequest, found: Hearing) -> Doing:
    """The act that comes next: the notice of the hearing, or the hearing itself."""
    kind = "hearing_notified" if found.state == ARRANGED else "hearing_held"
    return doing(found.organ_id, found.case_id, kind, staff_no_of(request), request.user.roles, now())


def back(found: Hearing, done: str) -> str:
    return f"{reverse('hearing', args=[found.no])}?done={done}"


def common(request: HttpRequest, found: Hearing, what: Doing, role: str = "handler") -> dict[str, Any]:
    actor = actor_of(request.user, role=role, organ=found.organ_id)
    return {"no": found.no, "person": what.person or {}, "actor": actor}


def expected(request: HttpRequest) -> int:
    typed = request.POST.get("expected", "")
    return int(typed) if typed.isascii() and typed.isdigit() else -1


def text(request: HttpRequest, name: str, wrong: Wrong, ask: str, longest: int = LONGEST) -> str:
    words = tidy(request.POST.get(name, ""))
    if (ask and not words) or len(words) > longest:
        wrong[name] = ask or "内容太长，请删短。"
    elif said := fault("内容", words, longest):
        wrong[name] = said
    return words


Deed = Callable[[], str]


def notify(request: HttpRequest, found: Hearing, what: Doing, wrong: Wrong) -> Deed:
    def go() -> str:
        actions.notify(expected=expected(request), **common(request, found, what))
        return back(found, "notified")

    return go


def cancel(request: HttpRequest, found: Hearing, what: Doing, wrong: Wrong) -> Deed:
    words = text(request, "cancel_words", wrong, "请写明取消或者改期的理由。")

    def go() -> str:
        actions.cancel(words=words, **common(request, found, what))
        return back(found, "cancelled")

    return go


def say(request: HttpRequest, found: Hearing, what: Doing, wrong: Wrong) -> Deed:
    typed = request.POST
    words = text(request, "words", wrong, "请填写发言内容。")
    speaker = text(request, "speaker", wrong, "请填写发言人姓名，不超过 100 个字。", 100)
    if typed.get("side") not in SIDES:
        wrong["side"] = "请选择发言人的身份。"
    known = {act.data["id"] for act in what.acts_of("evidence_added")}
    shown = [one for one in typed.getlist("evidence") if one in known]
    corrects = typed.get("corrects", "")
    if corrects and not (corrects.isascii() and corrects.isdigit()):
        wrong["corrects"] = "请从列表中选择要更正的一行。"

    def go() -> str:
        actions.say(
            side=typed["side"], speaker=speaker, words=words, evidence=shown, point=typed.get("point") == "yes",
            corrects=int(corrects) if corrects else None, again=typed.get("again", ""), **common(request, found, what),
        )  # fmt: skip
        return back(found, "line") + "#record"

    return go


def sign(request: HttpRequest, found: Hearing, what: Doing, wrong: Wrong) -> Deed:
    typed = request.POST
    name = text(request, "name", wrong, "请填写签名人姓名，不超过 100 个字。", 100)
    outcome = typed.get("outcome", "")
    if typed.get("signer") not in SIDES:
        wrong["signer"] = "请选择签名人的身份。"
    if outcome not in SIGNATURES:
        wrong["outcome"] = "请选择签名还是拒绝签名。"
    ask = "拒绝签名的，请由主持人注明情况。" if outcome == "refused" else ""
    words = text(request, "sign_words", wrong, ask)

    def go() -> str:
        actions.sign(
            side=typed["signer"], name=name, outcome=outcome, words=words, again=typed.get("again", ""),
            **common(request, found, what),
        )  # fmt: skip
        return back(found, "signed") + "#signatures"

    return go


def close(request: HttpRequest, found: Hearing, what: Doing, wrong: Wrong) -> Deed:
    attendance = request.POST.get("attendance", "")
    if attendance not in labels("attendance"):
        wrong["attendance"] = "请选择当事人到场情况。"

    def go() -> str:
        actions.close(
            attendance=attendance, expected=expected(request), **common(request, found, what, "presiding")
        )
        return back(found, "held")

    return go


def report(request: HttpRequest, found: Hearing, what: Doing, wrong: Wrong) -> Deed:
    words = text(request, "report", wrong, "请写明对事实、证据、当事人意见的看法和处理建议。")

    def go() -> str:
        actions.report(words=words, **common(request, found, what, "presiding"))
        return back(found, "reported")

    return go


def paper(request: HttpRequest, found: Hearing, what: Doing, wrong: Wrong) -> Deed:
    form, person = request.POST.get("form", ""), what.person or {}
    if form not in FORMS:
        wrong["form"] = "请选择要制作的文书。"
    if not (
        may(check_can_write, person, what.case) or person.get("id") in (found.presided_by, found.recorder)
    ):
        raise NotPermitted("听证文书由承办人、负责人、听证主持人或者记录人制作。")

    def go() -> str:
        made = actions.prepare(
            no=found.no, form=form, by=person["id"], actor=common(request, found, what)["actor"]
        )
        return reverse("document", args=[found.case_id, made.no])

    return go


DEEDS = {
    "notify": notify, "cancel": cancel, "say": say, "sign": sign, "close": close, "report": report, "paper": paper,
}  # fmt: skip


def page(
    request: HttpRequest, found: Hearing, what: Doing, *, status: int = 200, wrong: Wrong | None = None,
    said: str = "", blocked: Any = (),
) -> HttpResponse:  # fmt: skip
    wrong, person = wrong or {}, what.person
    begun = found.state == NOTIFIED and now() >= found.starts_at
    signed = list(found.signatures.all())
    writes = begun and can(check_records, person, found)
    context = {
        "hearing": found, "doing": what, "case": what.case, "said": said, "ways": blocked, "wrong": wrong, "typed": request.POST,
        "host": what.names.get(found.presided_by, found.presided_by), "recorder": what.names.get(found.recorder, found.recorder),
        "lines": shown_lines(found), "signatures": signed, "begun": begun,
        "evidence": {act.data["id"]: (act.seq, label("evidence_kind", act.data["evidence_kind"])) for act in what.acts_of("evidence_added")},
        "may_arrange": found.state in LIVING and can(check_can_arrange, person, what.case, what.acts),
        "arranged": found.state == ARRANGED, "held": found.state == HELD, "hosts": can(check_presides, person, found, what.acts),
        "writes": writes, "line_controls": line_controls(found, what, request.POST, wrong) if writes and not signed else [],
        "sign_controls": sign_controls(request.POST, wrong) if writes else [],
        "end_controls": end_controls(request.POST, wrong) if begun else [],
        "forms": FORMS.items(), "papers": Instrument.objects.filter(case_id=found.case_id, form__in=FORMS).order_by("serial"),
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "problems": [(Problem(name, words), True) for name, words in wrong.items()],
    }  # fmt: skip
    return render(request, "hearings/hearing.html", context, status=status)


def shown_lines(found: Hearing) -> list[dict[str, Any]]:
    lines = list(found.lines.all())
    righted = {one.corrects: one.serial for one in lines if one.corrects}
    return [{"line": one, "righted": righted.get(one.serial)} for one in lines]


def line_controls(found: Hearing, what: Doing, typed: Any, wrong: Wrong) -> list[Control]:
    evidence = tuple(
        (act.data["id"], f"{act.data['id']} {label('evidence_kind', act.data['evidence_kind'])}")
        for act in what.acts_of("evidence_added")
    )
    lines = tuple(
        (str(one.serial), f"{one.serial} {one.speaker}：{one.words[:20]}") for one in found.lines.all()
    )
    shown = [
        Control("side", "发言人身份", "select", (typed.get("side", "presiding"),), tuple(SIDES.items()), required=True,
                error=wrong.get("side", "")),
        Control("speaker", "发言人", "text", (typed.get("speaker", what.names.get(found.presided_by, "")),), required=True,
                error=wrong.get("speaker", "")),
        Control("words", "内容", "textarea", (typed.get("words", ""),), required=True, error=wrong.get("words", "")),
        Control("point", "是当事人的一点意见", "radio", (typed.get("point", "no"),), (("no", "否"), ("yes", "是，需要复核")),
                required=True, hint="选“是”的，听证结束时逐点编号，复核之前不能作出决定"),
    ]  # fmt: skip
    if evidence:
        shown.append(Control("evidence", "出示的证据", "checks", tuple(typed.getlist("evidence")), evidence))
    if lines:
        options = (("", "不是更正"), *lines)
        shown.append(
            Control(
                "corrects",
                "更正哪一行",
                "select",
                (typed.get("corrects", ""),),
                options,
                error=wrong.get("corrects", ""),
            )
        )
    return shown


def sign_controls(typed: Any, wrong: Wrong) -> list[Control]:
    return [
        Control("signer", "签名人身份", "select", (typed.get("signer", "party"),), tuple(SIDES.items()), required=True,
                error=wrong.get("signer", "")),
        Control("name", "签名人", "text", (typed.get("name", ""),), required=True, error=wrong.get("name", "")),
        Control("outcome", "结果", "radio", (typed.get("outcome", ""),), tuple(SIGNATURES.items()), required=True,
                error=wrong.get("outcome", "")),
        Control("sign_words", "更正或者拒签情况", "textarea", (typed.get("sign_words", ""),),
                hint="当事人要求更正的内容；拒签的由主持人注明", error=wrong.get("sign_words", "")),
    ]  # fmt: skip


def end_controls(typed: Any, wrong: Wrong) -> list[Control]:
    return [
        Control("attendance", "当事人到场情况", "radio", (typed.get("attendance", "attended"),),
                tuple(labels("attendance").items()), required=True, error=wrong.get("attendance", ""))
    ]  # fmt: skip
